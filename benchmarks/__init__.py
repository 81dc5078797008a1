"""How fast Dateline is, beside a plain scorer, the peers and the parsing of the files alone."""
