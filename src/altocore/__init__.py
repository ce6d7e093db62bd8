"""altocore answers the commercial questions of a hosting and streaming provider exactly, and says why."""
