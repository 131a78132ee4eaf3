"""The chapters of a case: one module for each aggregate, found in this folder; nothing else has to be edited.

A chapter (``safety``, ``justice``, ``shelter`` …) is a module or a package here that holds ``CHAPTER``, built of the
words in ``contract``. By it the page of the case, the time line, Today, the co-ordinator's board, "who knows what" and
the person's copy learn of its records. How the rest of a chapter is laid out stands in ``docs/architecture.md``.
"""
