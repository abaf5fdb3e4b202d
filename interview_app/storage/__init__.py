"""SQLAlchemy lives and dies here: engine, tables, repositories, unit of work, migrations."""
