"""The command line: it parses, calls and prints; what it calls lives in the packages below."""
