"""Guide files, in Markdown and what people really have, to and from Guide."""
