/** More posts with their quotes cost more than the server accepts in one request. */
export const MAX_POSTS_PER_REQUEST = 40
