"""Pure helpers of casework: tables and checks without a database."""
