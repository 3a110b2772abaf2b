"""The engines: pure mathematics on frozen arrays, one sub-package per question; they never import each other."""
