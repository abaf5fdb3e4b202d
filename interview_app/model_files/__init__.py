"""Files of known content: fetched over HTTP, resumed after a cut, never believed unchecked."""
