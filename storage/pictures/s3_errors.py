"""Explains errors of the store of pictures. Only known phrases are used: a text may quote a key or a signature."""

NO_BUCKET = "there is no such bucket: create it, or correct its name"
BAD_KEY = "it refuses the credentials: correct the key and the secret"
NO_GRANT = "the credentials may not do this: grant them to list, read, write and delete objects of the bucket"
FINAL = {NO_BUCKET, BAD_KEY, NO_GRANT}  # waiting cannot help
# Codes of errors: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
SIGNS = (
    ("NoSuchBucket", NO_BUCKET),
    ("InvalidAccessKeyId", BAD_KEY),
    ("SignatureDoesNotMatch", BAD_KEY),
    ("AccessDenied", NO_GRANT),
    ("403 Forbidden", NO_GRANT),
    ("PermanentRedirect", "the bucket is in another region: correct the region"),
    ("RequestTimeTooSkewed", "the clocks differ too much: set that of this machine"),
    ("SlowDown", "it asks for fewer requests"),
    ("503 Service Unavailable", "it is overloaded or stopping"),
    ("refused", "the connection is refused: see that it runs and that the endpoint names its host and port"),
    ("dns error", "no such host: see the endpoint"),
    ("timed out", "it does not answer in time"),
    ("error sending request", "it cannot be reached, or does not answer in time"),
    ("169.254", "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
)


def explain_s3(error: Exception) -> str:
    """Return the reason in one line without a secret."""
    text = str(error)
    return next((reason for sign, reason in SIGNS if sign in text), type(error).__name__)
