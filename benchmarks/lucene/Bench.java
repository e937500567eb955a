import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/** Indexes lines of terms, and answers lines of terms with nanoseconds and the ten best lines. */
public final class Bench {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("build")) {
            build(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            answer(Path.of(arguments[1]));
        }
    }

    private static void build(Path terms, Path folder) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader lines = Files.newBufferedReader(terms, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new TextField("terms", line.substring(line.indexOf('\t') + 1), Field.Store.NO));
                document.add(new StoredField("number", number++)); // merges change Lucene's own numbers
                writer.addDocument(document);
            }
        }
    }

    private static void answer(Path folder) throws Exception {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
        searcher.setQueryCache(null);
        StoredFields stored = searcher.storedFields();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] terms = line.split(" ");
            long started = System.nanoTime();
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            for (String term : terms) {
                query.add(new TermQuery(new Term("terms", term)), BooleanClause.Occur.SHOULD);
            }
            ScoreDoc[] found = searcher.search(query.build(), 10).scoreDocs;
            StringBuilder answer = new StringBuilder().append(System.nanoTime() - started);
            for (ScoreDoc hit : found) {
                answer.append(' ').append(stored.document(hit.doc).get("number"));
            }
            out.println(answer);
            out.flush();
        }
    }
}
