"""Emissions of each enterprise, month and scope with pandas, in binary floating point."""

import sys

import pandas


def main(rows, factors, output):
    names = ["entity", "period", "commodity", "unit", "quantity"]
    words = dict.fromkeys(names[:4], "category")
    table = pandas.read_csv(rows, usecols=names, dtype=words | {"quantity": "float64"})
    kinds = table.groupby(names[:4], observed=True, sort=False)["quantity"].sum().reset_index()
    kinds["year"] = kinds["period"].astype(str).str[:4]
    kinds = kinds.astype({"commodity": str, "unit": str})
    known = pandas.read_csv(factors, dtype={"year": str, "scope": str})
    kinds = kinds.merge(known, on=["commodity", "unit", "year"])
    kinds["kg"] *= kinds["quantity"]
    keys = ["entity", "period", "scope"]
    kinds.groupby(keys, observed=True, sort=False)["kg"].sum().reset_index().to_csv(
        output, index=False)


main(*sys.argv[1:])
