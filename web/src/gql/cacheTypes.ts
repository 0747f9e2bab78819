/** The object types without an `id`. */
export const KEYLESS_TYPES = [
  "AliasTaken",
  "Ancestor",
  "Blocked",
  "BookmarkRemoved",
  "Bookmarked",
  "CannotBlockSelf",
  "CannotFollowSelf",
  "CannotMuteSelf",
  "Delivery",
  "FeedPostDeleted",
  "FeedRepostUndone",
  "FeedStale",
  "FieldError",
  "FollowConnection",
  "FollowEdge",
  "FollowOptions",
  "FollowUpdated",
  "Followed",
  "InvalidCredentials",
  "InvalidInput",
  "LikeConnection",
  "LikeEdge",
  "Liked",
  "MarkedRead",
  "MediaDescribed",
  "MediaUploaded",
  "NotFollowed",
  "NotificationConnection",
  "NotificationEdge",
  "NotificationsChanged",
  "NotificationsMarkedRead",
  "PageInfo",
  "PasswordChanged",
  "PostArrived",
  "PostConnection",
  "PostCreated",
  "PostEdge",
  "PostNotFound",
  "ProfileUpdated",
  "Quote",
  "Repost",
  "RepostConnection",
  "RepostEdge",
  "RepostUndone",
  "Reposted",
  "Segment",
  "Session",
  "SessionNotFound",
  "SignedOut",
  "SignedOutElsewhere",
  "Trend",
  "Unfollowed",
  "Unliked",
  "UserBlocked",
  "UserConnection",
  "UserEdge",
  "UserMuted",
  "UserNotFound",
  "UserUnblocked",
  "UserUnmuted"
];

/** The object types of each interface and union. */
export const POSSIBLE_TYPES = {
  "BlockResult": [
    "CannotBlockSelf",
    "UserBlocked",
    "UserNotFound"
  ],
  "BookmarkResult": [
    "Blocked",
    "Bookmarked",
    "PostNotFound"
  ],
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
  "DescribeMediaResult": [
    "InvalidInput",
    "MediaDescribed"
  ],
  "EndSessionResult": [
    "SessionEnded",
    "SessionNotFound"
  ],
  "Error": [
    "AliasTaken",
    "Blocked",
    "CannotBlockSelf",
    "CannotFollowSelf",
    "CannotMuteSelf",
    "InvalidCredentials",
    "InvalidInput",
    "NotFollowed",
    "PostNotFound",
    "SessionNotFound",
    "UserNotFound"
  ],
  "FeedChange": [
    "FeedPostDeleted",
    "FeedRepostUndone",
    "FeedStale",
    "PostArrived"
  ],
  "FollowResult": [
    "Blocked",
    "CannotFollowSelf",
    "Followed",
    "UserNotFound"
  ],
  "LikeResult": [
    "Blocked",
    "Liked",
    "PostNotFound"
  ],
  "LoginResult": [
    "InvalidCredentials",
    "Session"
  ],
  "MuteResult": [
    "CannotMuteSelf",
    "InvalidInput",
    "UserMuted",
    "UserNotFound"
  ],
  "Node": [
    "Post",
    "User"
  ],
  "Notification": [
    "FollowNotification",
    "LikeNotification",
    "MentionNotification",
    "QuoteNotification",
    "ReplyNotification",
    "RepostNotification"
  ],
  "RegisterResult": [
    "AliasTaken",
    "InvalidInput",
    "Session"
  ],
  "RemoveBookmarkResult": [
    "BookmarkRemoved",
    "PostNotFound"
  ],
  "RepostResult": [
    "Blocked",
    "PostNotFound",
    "Reposted"
  ],
  "UnblockResult": [
    "UserNotFound",
    "UserUnblocked"
  ],
  "UndoRepostResult": [
    "PostNotFound",
    "RepostUndone"
  ],
  "UnfollowResult": [
    "Unfollowed",
    "UserNotFound"
  ],
  "UnlikeResult": [
    "PostNotFound",
    "Unliked"
  ],
  "UnmuteResult": [
    "UserNotFound",
    "UserUnmuted"
  ],
  "UpdateFollowResult": [
    "FollowUpdated",
    "NotFollowed",
    "UserNotFound"
  ],
  "UpdateProfileResult": [
    "InvalidInput",
    "ProfileUpdated"
  ],
  "UploadMediaResult": [
    "InvalidInput",
    "MediaUploaded"
  ]
};
