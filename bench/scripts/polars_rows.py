"""Emissions of each enterprise, month and scope with polars, in decimals of 128 bits."""

import os
import sys

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import polars  # noqa: E402


def main(rows, factors, output):
    words = dict.fromkeys(["entity", "period", "commodity", "unit"], polars.String)
    known = polars.read_csv(factors, schema={
        "commodity": polars.String, "unit": polars.String, "year": polars.String,
        "scope": polars.String, "kg": polars.Decimal(38, 10)})
    kinds = (
        polars.scan_csv(rows, schema=words | {
            "quantity": polars.Decimal(38, 4), "document": polars.Int64})
        .group_by(list(words))
        .agg(polars.col("quantity").sum())
        .with_columns(year=polars.col("period").str.slice(0, 4))
        .join(known.lazy(), on=["commodity", "unit", "year"])
        .with_columns(kg=polars.col("quantity").cast(polars.Decimal(38, 14))
                      * polars.col("kg").cast(polars.Decimal(38, 14)))
        .group_by(["entity", "period", "scope"])
        .agg(polars.col("kg").sum())
    )
    kinds.collect(engine="streaming").write_csv(output)


main(*sys.argv[1:])
