import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One node of a cluster for tests and measurements. Its arguments are its settings, key=value.
 *
 * <p>It ends with its standard input, so it cannot outlive whoever started it, however that one ends.
 */
public final class ClusterNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES =
            List.of(
                    Netty4ModulePlugin.class,
                    CommonAnalysisModulePlugin.class,
                    MapperExtrasModulePlugin.class,
                    ReindexModulePlugin.class,
                    PainlessModulePlugin.class);

    private ClusterNode(Environment environment) {
        super(environment, MODULES.stream().map(ClusterNode::described).toList(), false);
    }

    /** What a file beside the plugin's jar says in a distribution. */
    private static PluginInfo described(Class<? extends Plugin> module) {
        String name = module.getSimpleName();
        return new PluginInfo(
                name, name, "", Version.CURRENT, "21", module.getName(), null, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node");
        ClusterNode node = new ClusterNode(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        while (System.in.read() >= 0) {
            // Nothing is said here; what counts is the end.
        }
        System.exit(0);
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
