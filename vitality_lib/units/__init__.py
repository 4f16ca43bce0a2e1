"""One unit of work of each stage: fetch, read, audit, publish, record.

What a unit publishes and the outcome it ends in are written in one transaction, and only while its lease holds:
a unit without its ledger row has not happened.
"""
