/** The object types without an `id`. */
export const KEYLESS_TYPES = [
  "AliasTaken",
  "Ancestor",
  "Blocked",
  "CannotFollowSelf",
  "Delivery",
  "FieldError",
  "FollowConnection",
  "FollowEdge",
  "Followed",
  "InvalidCredentials",
  "InvalidInput",
  "PageInfo",
  "PasswordChanged",
  "PostConnection",
  "PostCreated",
  "PostEdge",
  "PostNotFound",
  "ProfileUpdated",
  "Quote",
  "Repost",
  "Segment",
  "Session",
  "SessionNotFound",
  "Unfollowed",
  "UserConnection",
  "UserEdge",
  "UserNotFound"
];

/** The object types of each interface and union. */
export const POSSIBLE_TYPES = {
  "ChangePasswordResult": [
    "InvalidCredentials",
    "InvalidInput",
    "PasswordChanged"
  ],
  "CreatePostResult": [
    "Blocked",
    "InvalidInput",
    "PostCreated",
    "PostNotFound"
  ],
  "DeletePostResult": [
    "PostDeleted",
    "PostNotFound"
  ],
  "EndSessionResult": [
    "SessionEnded",
    "SessionNotFound"
  ],
  "Error": [
    "AliasTaken",
    "Blocked",
    "CannotFollowSelf",
    "InvalidCredentials",
    "InvalidInput",
    "PostNotFound",
    "SessionNotFound",
    "UserNotFound"
  ],
  "FollowResult": [
    "CannotFollowSelf",
    "Followed",
    "UserNotFound"
  ],
  "LoginResult": [
    "InvalidCredentials",
    "Session"
  ],
  "Node": [
    "Post",
    "User"
  ],
  "RegisterResult": [
    "AliasTaken",
    "InvalidInput",
    "Session"
  ],
  "RepostResult": [
    "Blocked",
    "PostNotFound",
    "Reposted"
  ],
  "UndoRepostResult": [
    "PostNotFound",
    "RepostUndone"
  ],
  "UnfollowResult": [
    "Unfollowed",
    "UserNotFound"
  ],
  "UpdateProfileResult": [
    "InvalidInput",
    "ProfileUpdated"
  ]
};
