"""Emissions of each enterprise, month and scope with csv and decimal: plain Python."""

import csv
import sys
from decimal import Decimal, Inexact, getcontext


def main(rows, factors, output):
    getcontext().prec = 60
    getcontext().traps[Inexact] = True
    with open(factors, encoding="utf-8", newline="") as file:
        known = {
            (f["commodity"], f["unit"], f["year"]): (f["scope"], Decimal(f["kg"]))
            for f in csv.DictReader(file)
        }
    sums = {}
    with open(rows, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for entity, period, commodity, unit, quantity, _ in reader:
            scope, kg = known[commodity, unit, period[:4]]
            key = entity, period, scope
            sums[key] = sums.get(key, 0) + Decimal(quantity) * kg
    with open(output, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["entity", "period", "scope", "kg"])
        writer.writerows((*key, format(kg, "f")) for key, kg in sums.items())


main(*sys.argv[1:])
