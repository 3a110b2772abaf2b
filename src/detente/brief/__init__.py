"""The brief: what a person reads. Composed once as plain data, then written as HTML, Markdown and JSON."""
