"""Everything staff can do: one function, one transaction each."""
