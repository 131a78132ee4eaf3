"""What addresses of the chapters of a case name: one module for each chapter that has addresses of its own.

Each holds ``OF`` (the beginning of a route's name -> the thing that ``pk`` means there), ``things(holder, case)``,
which makes one of each on that case of the holder or on another one, and, where an address has further places,
``PLACES``.
"""
