"""Evals: hand-labelled gold, runs apart from scores, honest intervals, a gate for CI.

::

    cases       gold files: load, lint, hash
    recordings  a model's answers on disk: record, replay
    runner      cases × system → one output file each
    outputs     what a system wrote about a case, in the form that is scored
    metrics     output × gold → counts
    scores      counts → values with intervals
    compare     two score files, article by article
    gate        floors and a baseline
"""
