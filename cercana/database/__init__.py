"""What every room may ask of PostgreSQL beyond Django: kept statements, and turns. It knows no table."""
