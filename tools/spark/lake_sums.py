"""Run by Spark's own Python: makes the lake's tables from spark.sql in a fresh session and prints their rows and sums as JSON.

Argument: the folder of the lake. Nothing of the project is imported: Spark's environment does not hold it.
"""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

folder = Path(sys.argv[1])
session = SparkSession.builder.config("spark.sql.shuffle.partitions", "2").config("spark.ui.enabled", "false").getOrCreate()
session.sparkContext.setLogLevel("ERROR")
found = {}
for statement in (folder / "spark.sql").read_text(encoding="utf-8").split(";\n"):
    if statement.strip():
        session.sql(statement)
for schema in (path.name for path in sorted(folder.iterdir()) if path.is_dir()):
    for table in (row.tableName for row in session.sql(f"show tables in {schema}").collect()):
        name = f"{schema}.{table}"
        decimals = [field.name for field in session.table(name).schema.fields if field.dataType.typeName() == "decimal"]
        sums = ", ".join(f"cast(sum(`{column}`) as string) as `{column}`" for column in decimals)
        (row,) = session.sql(f"select count(*) as row_count{', ' if sums else ''}{sums} from {name}").collect()
        found[name] = row.asDict()
print(json.dumps(found))
