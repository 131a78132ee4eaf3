"""Files that go out: CSV with a table schema, XLSX, JSON, Parquet; CTDC's variables and HTCDS's names."""
