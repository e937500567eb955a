"""One file a language; `analyzers.registry` lists them."""
