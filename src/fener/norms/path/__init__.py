"""The rules of the path after identification: pure functions over codes, days and counts, each with its reasons.

``checklists`` (what is given, missing, declined), ``risk`` (levels that only a review lowers), ``conference``,
``children``, ``charges`` and ``justice``, ``outcomes`` (named definitions of success), ``pipelines``, ``work``
(measures, training, caseload), ``health``, ``neutral_names``, ``money`` (no fee) and ``exits``. The lists of codes
stand in ``packs/vocabularies``, the rules themselves in ``packs/path`` and ``packs/checklists``.
"""
