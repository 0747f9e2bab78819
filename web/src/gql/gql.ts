/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Reachable {\n    __typename\n  }\n": typeof types.ReachableDocument,
    "\n  subscription NotificationsChanged {\n    notificationsChanged {\n      unreadCount\n    }\n  }\n": typeof types.NotificationsChangedDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      bio\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation SignOut {\n    signOut {\n      wasSignedIn\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  query AliasOwner($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n    }\n  }\n": typeof types.AliasOwnerDocument,
    "\n  query SearchUsers($query: String!, $after: String) {\n    searchUsers(query: $query, first: 30, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...PersonCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.SearchUsersDocument,
    "\n  query SearchPosts($query: String!, $after: String) {\n    searchPosts(query: $query, first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.SearchPostsDocument,
    "\n  query SearchTags($query: String!) {\n    searchTags(query: $query, first: 30) {\n      tag\n      postCount\n    }\n  }\n": typeof types.SearchTagsDocument,
    "\n  query TaggedPosts($tag: String!, $after: String) {\n    taggedPosts(tags: [$tag], first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.TaggedPostsDocument,
    "\n  query Discoveries($isSignedIn: Boolean!) {\n    trends(first: 10) {\n      tag\n      postCount\n    }\n    suggestedUsers(first: 20) @include(if: $isSignedIn) {\n      id\n      followedByViewer\n      mutedByViewer\n      blockedByViewer\n      blocksViewer\n      ...PersonCard\n    }\n  }\n": typeof types.DiscoveriesDocument,
    "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.FeedDocument,
    "\n  subscription FeedChanges($after: String) {\n    feedChanges(after: $after) {\n      ... on PostArrived {\n        edge {\n          ...ListEdge\n        }\n      }\n      ... on FeedPostDeleted {\n        deletedPostId\n      }\n      ... on FeedRepostUndone {\n        cursor\n      }\n      ... on FeedStale {\n        reason\n      }\n    }\n  }\n": typeof types.FeedChangesDocument,
    "\n  query FeedPosition {\n    feedPosition\n  }\n": typeof types.FeedPositionDocument,
    "\n  query FeedRowAbove($cursor: String!) {\n    feed(last: 1, before: $cursor) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.FeedRowAboveDocument,
    "\n  mutation MarkFeedRead($input: MarkReadInput!) {\n    markFeedRead(input: $input) {\n      cursor\n    }\n  }\n": typeof types.MarkFeedReadDocument,
    "\n  fragment NotifiedPost on Post {\n    id\n    segments {\n      text\n    }\n    author {\n      id\n      alias\n    }\n  }\n": typeof types.NotifiedPostFragmentDoc,
    "\n  fragment Actor on User {\n    id\n    alias\n    firstName\n    lastName\n    ...AvatarOf\n  }\n": typeof types.ActorFragmentDoc,
    "\n  query Notifications($kinds: [NotificationKind!], $after: String) {\n    notifications(first: 20, after: $after, kinds: $kinds) {\n      edges {\n        cursor\n        node {\n          id\n          at\n          isUnread\n          ... on MentionNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on ReplyNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on QuoteNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on LikeNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on RepostNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on FollowNotification {\n            users {\n              ...Actor\n            }\n            count\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      readMarker\n    }\n  }\n": typeof types.NotificationsDocument,
    "\n  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {\n    markNotificationsRead(input: $input) {\n      unreadCount\n    }\n  }\n": typeof types.MarkNotificationsReadDocument,
    "\n  fragment FollowState on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n  }\n": typeof types.FollowStateFragmentDoc,
    "\n  fragment FollowOutcome on User {\n    id\n    followedByViewer\n    followerCount\n  }\n": typeof types.FollowOutcomeFragmentDoc,
    "\n  mutation Follow($input: FollowInput!) {\n    follow(input: $input) {\n      ... on Followed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.FollowDocument,
    "\n  mutation Unfollow($input: UnfollowInput!) {\n    unfollow(input: $input) {\n      ... on Unfollowed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UnfollowDocument,
    "\n  fragment PeopleOfUser on FollowConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...PersonCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.PeopleOfUserFragmentDoc,
    "\n  query Followees($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      isViewer\n      followees(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n": typeof types.FolloweesDocument,
    "\n  query Followers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      followers(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n": typeof types.FollowersDocument,
    "\n  query KnownFollowers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      knownFollowers(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.KnownFollowersDocument,
    "\n  fragment PersonCard on User {\n    id\n    alias\n    firstName\n    lastName\n    followsViewer\n    ...AvatarOf\n    ...FollowState\n  }\n": typeof types.PersonCardFragmentDoc,
    "\n  fragment KnownFollowersOf on User {\n    alias\n    knownFollowers(first: 20) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": typeof types.KnownFollowersOfFragmentDoc,
    "\n  query Profile($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      blockedByViewer\n      blocksViewer\n      ...ProfileCard\n    }\n  }\n": typeof types.ProfileDocument,
    "\n  fragment ProfileCard on User {\n    id\n    alias\n    firstName\n    lastName\n    bioSegments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    createdAt\n    postCount\n    followerCount\n    followeeCount\n    isViewer\n    followsViewer\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    blocksViewer\n    ...AvatarOf\n    ...FollowState\n    ...MenuOfPerson\n    ...KnownFollowersOf\n  }\n": typeof types.ProfileCardFragmentDoc,
    "\n  query Likes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      likes(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.LikesDocument,
    "\n  query Reposts($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      reposts(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.RepostsDocument,
    "\n  query Quotes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      quotes(first: 20, after: $after) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.QuotesDocument,
    "\n  fragment MenuOfPerson on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n    mutedByViewer\n    blockedByViewer\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n": typeof types.MenuOfPersonFragmentDoc,
    "\n  fragment MuteOutcome on User {\n    id\n    mutedByViewer\n    mutedUntil\n  }\n": typeof types.MuteOutcomeFragmentDoc,
    "\n  fragment BlockOutcome on User {\n    id\n    blockedByViewer\n    followedByViewer\n    followsViewer\n    followerCount\n    followeeCount\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n": typeof types.BlockOutcomeFragmentDoc,
    "\n  mutation Mute($input: MuteInput!) {\n    mute(input: $input) {\n      ... on UserMuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.MuteDocument,
    "\n  mutation Unmute($input: UnmuteInput!) {\n    unmute(input: $input) {\n      ... on UserUnmuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UnmuteDocument,
    "\n  mutation Block($input: BlockInput!) {\n    block(input: $input) {\n      ... on UserBlocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.BlockDocument,
    "\n  mutation Unblock($input: UnblockInput!) {\n    unblock(input: $input) {\n      ... on UserUnblocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UnblockDocument,
    "\n  mutation UpdateFollow($input: UpdateFollowInput!) {\n    updateFollow(input: $input) {\n      ... on FollowUpdated {\n        user {\n          id\n          followOptions {\n            showsReposts\n            isInFeed\n          }\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UpdateFollowDocument,
    "\n  fragment PictureOf on Media {\n    id\n    url\n    srcset\n    width\n    height\n    alt\n    placeholder\n  }\n": typeof types.PictureOfFragmentDoc,
    "\n  query Bookmarks($after: String) {\n    bookmarks(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.BookmarksDocument,
    "\n  query LikedPosts($after: String) {\n    likedPosts(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.LikedPostsDocument,
    "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      isReply\n      quoteCount\n      ...PostCard\n    }\n  }\n": typeof types.OnePostDocument,
    "\n  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after, shows: $shows) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.StoryDocument,
    "\n  mutation Bookmark($input: BookmarkInput!) {\n    bookmark(input: $input) {\n      ... on Bookmarked {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.BookmarkDocument,
    "\n  mutation RemoveBookmark($input: RemoveBookmarkInput!) {\n    removeBookmark(input: $input) {\n      ... on BookmarkRemoved {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.RemoveBookmarkDocument,
    "\n  mutation Like($input: LikeInput!) {\n    like(input: $input) {\n      ... on Liked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.LikeDocument,
    "\n  mutation Unlike($input: UnlikeInput!) {\n    unlike(input: $input) {\n      ... on Unliked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UnlikeDocument,
    "\n  mutation Repost($input: RepostInput!) {\n    repost(input: $input) {\n      ... on Reposted {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.RepostDocument,
    "\n  mutation UndoRepost($input: UndoRepostInput!) {\n    undoRepost(input: $input) {\n      ... on RepostUndone {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.UndoRepostDocument,
    "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        deletedPostId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.DeletePostDocument,
    "\n  mutation UploadMedia($input: UploadMediaInput!) {\n    uploadMedia(input: $input) {\n      ... on MediaUploaded {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.UploadMediaDocument,
    "\n  mutation DescribeMedia($input: DescribeMediaInput!) {\n    describeMedia(input: $input) {\n      ... on MediaDescribed {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.DescribeMediaDocument,
    "\n  fragment PostCard on Post {\n    id\n    createdAt\n    repostedByViewer\n    likedByViewer\n    bookmarkedByViewer\n    replyCount\n    repostCount\n    likeCount\n    repliesTo {\n      id\n      alias\n    }\n    quote {\n      hiddenBecause\n      post {\n        id\n        ...QuotedPost\n      }\n    }\n    segments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    media {\n      ...PictureOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n": typeof types.PostCardFragmentDoc,
    "\n  fragment QuotedPost on Post {\n    id\n    createdAt\n    segments {\n      text\n    }\n    media {\n      ...PictureOf\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      ...AvatarOf\n    }\n  }\n": typeof types.QuotedPostFragmentDoc,
    "\n  fragment RepostLineOf on Repost {\n    createdAt\n    user {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n    }\n  }\n": typeof types.RepostLineOfFragmentDoc,
    "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n": typeof types.ProgressDocument,
    "\n  query NamedPostCard($id: ID!) {\n    post(id: $id) {\n      id\n      ...QuotedPost\n    }\n  }\n": typeof types.NamedPostCardDocument,
    "\n  query CompleteAliases($query: String!) {\n    searchUsers(query: $query, first: 6) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage # the cache joins the pages of a list by it\n      }\n    }\n  }\n": typeof types.CompleteAliasesDocument,
    "\n  query CompleteTags($query: String!) {\n    searchTags(query: $query, first: 6) {\n      tag\n    }\n  }\n": typeof types.CompleteTagsDocument,
    "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          isReply\n          inReplyTo {\n            id\n            replyCount\n          }\n          quote {\n            post {\n              id\n              quoteCount\n            }\n          }\n          ...PostCard\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.CreatePostDocument,
    "\n  query NamedPost($id: ID!) {\n    post(id: $id) {\n      id\n      createdAt\n    }\n  }\n": typeof types.NamedPostDocument,
    "\n  fragment ListEdge on PostEdge {\n    cursor\n    node {\n      id\n      createdAt\n      ...PostCard\n    }\n    repost {\n      createdAt\n      user {\n        id\n      }\n      ...RepostLineOf\n    }\n  }\n": typeof types.ListEdgeFragmentDoc,
    "\n  query Thread($id: ID!) {\n    post(id: $id) {\n      id\n      ancestors {\n        hiddenBecause\n        post {\n          id\n          ...PostCard\n        }\n      }\n    }\n  }\n": typeof types.ThreadDocument,
    "\n  query Replies($id: ID!, $order: ReplyOrder!, $after: String) {\n    post(id: $id) {\n      id\n      replies(first: 20, after: $after, order: $order) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.RepliesDocument,
    "\n  query SentReplies($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        inReplyTo {\n          id\n        }\n        ...PostCard\n      }\n    }\n  }\n": typeof types.SentRepliesDocument,
    "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        isReply\n        ...PostCard\n      }\n    }\n  }\n": typeof types.KnownPostsDocument,
    "\n  fragment HiddenAccount on User {\n    id\n    alias\n    firstName\n    lastName\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    ...AvatarOf\n  }\n": typeof types.HiddenAccountFragmentDoc,
    "\n  query MutedUsers($after: String) {\n    mutedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.MutedUsersDocument,
    "\n  query BlockedUsers($after: String) {\n    blockedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.BlockedUsersDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ... on PasswordChanged {\n        endedSessions\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query ActiveSessions {\n    sessions {\n      id\n      client\n      lastUsedAt\n      isCurrent\n    }\n  }\n": typeof types.ActiveSessionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on SessionEnded {\n        endedSessionId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": typeof types.EndSessionDocument,
    "\n  mutation EndOtherSessions {\n    signOutElsewhere {\n      endedSessions\n    }\n  }\n": typeof types.EndOtherSessionsDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      ... on ProfileUpdated {\n        user {\n          id\n          bio\n          bioSegments {\n            kind\n            text\n            alias\n            url\n          }\n          ...AvatarOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.UpdateProfileDocument,
    "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n    imageSrcset\n  }\n": typeof types.AvatarOfFragmentDoc,
};
const documents: Documents = {
    "\n  query Reachable {\n    __typename\n  }\n": types.ReachableDocument,
    "\n  subscription NotificationsChanged {\n    notificationsChanged {\n      unreadCount\n    }\n  }\n": types.NotificationsChangedDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      bio\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n": types.ViewerDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.LoginDocument,
    "\n  mutation SignOut {\n    signOut {\n      wasSignedIn\n    }\n  }\n": types.SignOutDocument,
    "\n  query AliasOwner($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n    }\n  }\n": types.AliasOwnerDocument,
    "\n  query SearchUsers($query: String!, $after: String) {\n    searchUsers(query: $query, first: 30, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...PersonCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.SearchUsersDocument,
    "\n  query SearchPosts($query: String!, $after: String) {\n    searchPosts(query: $query, first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.SearchPostsDocument,
    "\n  query SearchTags($query: String!) {\n    searchTags(query: $query, first: 30) {\n      tag\n      postCount\n    }\n  }\n": types.SearchTagsDocument,
    "\n  query TaggedPosts($tag: String!, $after: String) {\n    taggedPosts(tags: [$tag], first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.TaggedPostsDocument,
    "\n  query Discoveries($isSignedIn: Boolean!) {\n    trends(first: 10) {\n      tag\n      postCount\n    }\n    suggestedUsers(first: 20) @include(if: $isSignedIn) {\n      id\n      followedByViewer\n      mutedByViewer\n      blockedByViewer\n      blocksViewer\n      ...PersonCard\n    }\n  }\n": types.DiscoveriesDocument,
    "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.FeedDocument,
    "\n  subscription FeedChanges($after: String) {\n    feedChanges(after: $after) {\n      ... on PostArrived {\n        edge {\n          ...ListEdge\n        }\n      }\n      ... on FeedPostDeleted {\n        deletedPostId\n      }\n      ... on FeedRepostUndone {\n        cursor\n      }\n      ... on FeedStale {\n        reason\n      }\n    }\n  }\n": types.FeedChangesDocument,
    "\n  query FeedPosition {\n    feedPosition\n  }\n": types.FeedPositionDocument,
    "\n  query FeedRowAbove($cursor: String!) {\n    feed(last: 1, before: $cursor) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.FeedRowAboveDocument,
    "\n  mutation MarkFeedRead($input: MarkReadInput!) {\n    markFeedRead(input: $input) {\n      cursor\n    }\n  }\n": types.MarkFeedReadDocument,
    "\n  fragment NotifiedPost on Post {\n    id\n    segments {\n      text\n    }\n    author {\n      id\n      alias\n    }\n  }\n": types.NotifiedPostFragmentDoc,
    "\n  fragment Actor on User {\n    id\n    alias\n    firstName\n    lastName\n    ...AvatarOf\n  }\n": types.ActorFragmentDoc,
    "\n  query Notifications($kinds: [NotificationKind!], $after: String) {\n    notifications(first: 20, after: $after, kinds: $kinds) {\n      edges {\n        cursor\n        node {\n          id\n          at\n          isUnread\n          ... on MentionNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on ReplyNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on QuoteNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on LikeNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on RepostNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on FollowNotification {\n            users {\n              ...Actor\n            }\n            count\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      readMarker\n    }\n  }\n": types.NotificationsDocument,
    "\n  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {\n    markNotificationsRead(input: $input) {\n      unreadCount\n    }\n  }\n": types.MarkNotificationsReadDocument,
    "\n  fragment FollowState on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n  }\n": types.FollowStateFragmentDoc,
    "\n  fragment FollowOutcome on User {\n    id\n    followedByViewer\n    followerCount\n  }\n": types.FollowOutcomeFragmentDoc,
    "\n  mutation Follow($input: FollowInput!) {\n    follow(input: $input) {\n      ... on Followed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.FollowDocument,
    "\n  mutation Unfollow($input: UnfollowInput!) {\n    unfollow(input: $input) {\n      ... on Unfollowed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UnfollowDocument,
    "\n  fragment PeopleOfUser on FollowConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...PersonCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.PeopleOfUserFragmentDoc,
    "\n  query Followees($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      isViewer\n      followees(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n": types.FolloweesDocument,
    "\n  query Followers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      followers(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n": types.FollowersDocument,
    "\n  query KnownFollowers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      knownFollowers(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.KnownFollowersDocument,
    "\n  fragment PersonCard on User {\n    id\n    alias\n    firstName\n    lastName\n    followsViewer\n    ...AvatarOf\n    ...FollowState\n  }\n": types.PersonCardFragmentDoc,
    "\n  fragment KnownFollowersOf on User {\n    alias\n    knownFollowers(first: 20) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n": types.KnownFollowersOfFragmentDoc,
    "\n  query Profile($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      blockedByViewer\n      blocksViewer\n      ...ProfileCard\n    }\n  }\n": types.ProfileDocument,
    "\n  fragment ProfileCard on User {\n    id\n    alias\n    firstName\n    lastName\n    bioSegments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    createdAt\n    postCount\n    followerCount\n    followeeCount\n    isViewer\n    followsViewer\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    blocksViewer\n    ...AvatarOf\n    ...FollowState\n    ...MenuOfPerson\n    ...KnownFollowersOf\n  }\n": types.ProfileCardFragmentDoc,
    "\n  query Likes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      likes(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.LikesDocument,
    "\n  query Reposts($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      reposts(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.RepostsDocument,
    "\n  query Quotes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      quotes(first: 20, after: $after) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.QuotesDocument,
    "\n  fragment MenuOfPerson on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n    mutedByViewer\n    blockedByViewer\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n": types.MenuOfPersonFragmentDoc,
    "\n  fragment MuteOutcome on User {\n    id\n    mutedByViewer\n    mutedUntil\n  }\n": types.MuteOutcomeFragmentDoc,
    "\n  fragment BlockOutcome on User {\n    id\n    blockedByViewer\n    followedByViewer\n    followsViewer\n    followerCount\n    followeeCount\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n": types.BlockOutcomeFragmentDoc,
    "\n  mutation Mute($input: MuteInput!) {\n    mute(input: $input) {\n      ... on UserMuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.MuteDocument,
    "\n  mutation Unmute($input: UnmuteInput!) {\n    unmute(input: $input) {\n      ... on UserUnmuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UnmuteDocument,
    "\n  mutation Block($input: BlockInput!) {\n    block(input: $input) {\n      ... on UserBlocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.BlockDocument,
    "\n  mutation Unblock($input: UnblockInput!) {\n    unblock(input: $input) {\n      ... on UserUnblocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UnblockDocument,
    "\n  mutation UpdateFollow($input: UpdateFollowInput!) {\n    updateFollow(input: $input) {\n      ... on FollowUpdated {\n        user {\n          id\n          followOptions {\n            showsReposts\n            isInFeed\n          }\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UpdateFollowDocument,
    "\n  fragment PictureOf on Media {\n    id\n    url\n    srcset\n    width\n    height\n    alt\n    placeholder\n  }\n": types.PictureOfFragmentDoc,
    "\n  query Bookmarks($after: String) {\n    bookmarks(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.BookmarksDocument,
    "\n  query LikedPosts($after: String) {\n    likedPosts(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.LikedPostsDocument,
    "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      isReply\n      quoteCount\n      ...PostCard\n    }\n  }\n": types.OnePostDocument,
    "\n  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after, shows: $shows) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.StoryDocument,
    "\n  mutation Bookmark($input: BookmarkInput!) {\n    bookmark(input: $input) {\n      ... on Bookmarked {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.BookmarkDocument,
    "\n  mutation RemoveBookmark($input: RemoveBookmarkInput!) {\n    removeBookmark(input: $input) {\n      ... on BookmarkRemoved {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.RemoveBookmarkDocument,
    "\n  mutation Like($input: LikeInput!) {\n    like(input: $input) {\n      ... on Liked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.LikeDocument,
    "\n  mutation Unlike($input: UnlikeInput!) {\n    unlike(input: $input) {\n      ... on Unliked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UnlikeDocument,
    "\n  mutation Repost($input: RepostInput!) {\n    repost(input: $input) {\n      ... on Reposted {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.RepostDocument,
    "\n  mutation UndoRepost($input: UndoRepostInput!) {\n    undoRepost(input: $input) {\n      ... on RepostUndone {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.UndoRepostDocument,
    "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        deletedPostId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.DeletePostDocument,
    "\n  mutation UploadMedia($input: UploadMediaInput!) {\n    uploadMedia(input: $input) {\n      ... on MediaUploaded {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.UploadMediaDocument,
    "\n  mutation DescribeMedia($input: DescribeMediaInput!) {\n    describeMedia(input: $input) {\n      ... on MediaDescribed {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.DescribeMediaDocument,
    "\n  fragment PostCard on Post {\n    id\n    createdAt\n    repostedByViewer\n    likedByViewer\n    bookmarkedByViewer\n    replyCount\n    repostCount\n    likeCount\n    repliesTo {\n      id\n      alias\n    }\n    quote {\n      hiddenBecause\n      post {\n        id\n        ...QuotedPost\n      }\n    }\n    segments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    media {\n      ...PictureOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n": types.PostCardFragmentDoc,
    "\n  fragment QuotedPost on Post {\n    id\n    createdAt\n    segments {\n      text\n    }\n    media {\n      ...PictureOf\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      ...AvatarOf\n    }\n  }\n": types.QuotedPostFragmentDoc,
    "\n  fragment RepostLineOf on Repost {\n    createdAt\n    user {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n    }\n  }\n": types.RepostLineOfFragmentDoc,
    "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n": types.ProgressDocument,
    "\n  query NamedPostCard($id: ID!) {\n    post(id: $id) {\n      id\n      ...QuotedPost\n    }\n  }\n": types.NamedPostCardDocument,
    "\n  query CompleteAliases($query: String!) {\n    searchUsers(query: $query, first: 6) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage # the cache joins the pages of a list by it\n      }\n    }\n  }\n": types.CompleteAliasesDocument,
    "\n  query CompleteTags($query: String!) {\n    searchTags(query: $query, first: 6) {\n      tag\n    }\n  }\n": types.CompleteTagsDocument,
    "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          isReply\n          inReplyTo {\n            id\n            replyCount\n          }\n          quote {\n            post {\n              id\n              quoteCount\n            }\n          }\n          ...PostCard\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.CreatePostDocument,
    "\n  query NamedPost($id: ID!) {\n    post(id: $id) {\n      id\n      createdAt\n    }\n  }\n": types.NamedPostDocument,
    "\n  fragment ListEdge on PostEdge {\n    cursor\n    node {\n      id\n      createdAt\n      ...PostCard\n    }\n    repost {\n      createdAt\n      user {\n        id\n      }\n      ...RepostLineOf\n    }\n  }\n": types.ListEdgeFragmentDoc,
    "\n  query Thread($id: ID!) {\n    post(id: $id) {\n      id\n      ancestors {\n        hiddenBecause\n        post {\n          id\n          ...PostCard\n        }\n      }\n    }\n  }\n": types.ThreadDocument,
    "\n  query Replies($id: ID!, $order: ReplyOrder!, $after: String) {\n    post(id: $id) {\n      id\n      replies(first: 20, after: $after, order: $order) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.RepliesDocument,
    "\n  query SentReplies($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        inReplyTo {\n          id\n        }\n        ...PostCard\n      }\n    }\n  }\n": types.SentRepliesDocument,
    "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        isReply\n        ...PostCard\n      }\n    }\n  }\n": types.KnownPostsDocument,
    "\n  fragment HiddenAccount on User {\n    id\n    alias\n    firstName\n    lastName\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    ...AvatarOf\n  }\n": types.HiddenAccountFragmentDoc,
    "\n  query MutedUsers($after: String) {\n    mutedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.MutedUsersDocument,
    "\n  query BlockedUsers($after: String) {\n    blockedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.BlockedUsersDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ... on PasswordChanged {\n        endedSessions\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.ChangePasswordDocument,
    "\n  query ActiveSessions {\n    sessions {\n      id\n      client\n      lastUsedAt\n      isCurrent\n    }\n  }\n": types.ActiveSessionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on SessionEnded {\n        endedSessionId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n": types.EndSessionDocument,
    "\n  mutation EndOtherSessions {\n    signOutElsewhere {\n      endedSessions\n    }\n  }\n": types.EndOtherSessionsDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      ... on ProfileUpdated {\n        user {\n          id\n          bio\n          bioSegments {\n            kind\n            text\n            alias\n            url\n          }\n          ...AvatarOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n": types.UpdateProfileDocument,
    "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n    imageSrcset\n  }\n": types.AvatarOfFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Reachable {\n    __typename\n  }\n"): (typeof documents)["\n  query Reachable {\n    __typename\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription NotificationsChanged {\n    notificationsChanged {\n      unreadCount\n    }\n  }\n"): (typeof documents)["\n  subscription NotificationsChanged {\n    notificationsChanged {\n      unreadCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      bio\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      bio\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut {\n      wasSignedIn\n    }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    signOut {\n      wasSignedIn\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AliasOwner($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n    }\n  }\n"): (typeof documents)["\n  query AliasOwner($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchUsers($query: String!, $after: String) {\n    searchUsers(query: $query, first: 30, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...PersonCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query SearchUsers($query: String!, $after: String) {\n    searchUsers(query: $query, first: 30, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...PersonCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchPosts($query: String!, $after: String) {\n    searchPosts(query: $query, first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query SearchPosts($query: String!, $after: String) {\n    searchPosts(query: $query, first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchTags($query: String!) {\n    searchTags(query: $query, first: 30) {\n      tag\n      postCount\n    }\n  }\n"): (typeof documents)["\n  query SearchTags($query: String!) {\n    searchTags(query: $query, first: 30) {\n      tag\n      postCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TaggedPosts($tag: String!, $after: String) {\n    taggedPosts(tags: [$tag], first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query TaggedPosts($tag: String!, $after: String) {\n    taggedPosts(tags: [$tag], first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Discoveries($isSignedIn: Boolean!) {\n    trends(first: 10) {\n      tag\n      postCount\n    }\n    suggestedUsers(first: 20) @include(if: $isSignedIn) {\n      id\n      followedByViewer\n      mutedByViewer\n      blockedByViewer\n      blocksViewer\n      ...PersonCard\n    }\n  }\n"): (typeof documents)["\n  query Discoveries($isSignedIn: Boolean!) {\n    trends(first: 10) {\n      tag\n      postCount\n    }\n    suggestedUsers(first: 20) @include(if: $isSignedIn) {\n      id\n      followedByViewer\n      mutedByViewer\n      blockedByViewer\n      blocksViewer\n      ...PersonCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FeedChanges($after: String) {\n    feedChanges(after: $after) {\n      ... on PostArrived {\n        edge {\n          ...ListEdge\n        }\n      }\n      ... on FeedPostDeleted {\n        deletedPostId\n      }\n      ... on FeedRepostUndone {\n        cursor\n      }\n      ... on FeedStale {\n        reason\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription FeedChanges($after: String) {\n    feedChanges(after: $after) {\n      ... on PostArrived {\n        edge {\n          ...ListEdge\n        }\n      }\n      ... on FeedPostDeleted {\n        deletedPostId\n      }\n      ... on FeedRepostUndone {\n        cursor\n      }\n      ... on FeedStale {\n        reason\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FeedPosition {\n    feedPosition\n  }\n"): (typeof documents)["\n  query FeedPosition {\n    feedPosition\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FeedRowAbove($cursor: String!) {\n    feed(last: 1, before: $cursor) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query FeedRowAbove($cursor: String!) {\n    feed(last: 1, before: $cursor) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MarkFeedRead($input: MarkReadInput!) {\n    markFeedRead(input: $input) {\n      cursor\n    }\n  }\n"): (typeof documents)["\n  mutation MarkFeedRead($input: MarkReadInput!) {\n    markFeedRead(input: $input) {\n      cursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NotifiedPost on Post {\n    id\n    segments {\n      text\n    }\n    author {\n      id\n      alias\n    }\n  }\n"): (typeof documents)["\n  fragment NotifiedPost on Post {\n    id\n    segments {\n      text\n    }\n    author {\n      id\n      alias\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Actor on User {\n    id\n    alias\n    firstName\n    lastName\n    ...AvatarOf\n  }\n"): (typeof documents)["\n  fragment Actor on User {\n    id\n    alias\n    firstName\n    lastName\n    ...AvatarOf\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Notifications($kinds: [NotificationKind!], $after: String) {\n    notifications(first: 20, after: $after, kinds: $kinds) {\n      edges {\n        cursor\n        node {\n          id\n          at\n          isUnread\n          ... on MentionNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on ReplyNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on QuoteNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on LikeNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on RepostNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on FollowNotification {\n            users {\n              ...Actor\n            }\n            count\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      readMarker\n    }\n  }\n"): (typeof documents)["\n  query Notifications($kinds: [NotificationKind!], $after: String) {\n    notifications(first: 20, after: $after, kinds: $kinds) {\n      edges {\n        cursor\n        node {\n          id\n          at\n          isUnread\n          ... on MentionNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on ReplyNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on QuoteNotification {\n            post {\n              id\n              ...PostCard\n            }\n          }\n          ... on LikeNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on RepostNotification {\n            post {\n              ...NotifiedPost\n            }\n            users {\n              ...Actor\n            }\n            count\n          }\n          ... on FollowNotification {\n            users {\n              ...Actor\n            }\n            count\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      readMarker\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {\n    markNotificationsRead(input: $input) {\n      unreadCount\n    }\n  }\n"): (typeof documents)["\n  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {\n    markNotificationsRead(input: $input) {\n      unreadCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FollowState on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n  }\n"): (typeof documents)["\n  fragment FollowState on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FollowOutcome on User {\n    id\n    followedByViewer\n    followerCount\n  }\n"): (typeof documents)["\n  fragment FollowOutcome on User {\n    id\n    followedByViewer\n    followerCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Follow($input: FollowInput!) {\n    follow(input: $input) {\n      ... on Followed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Follow($input: FollowInput!) {\n    follow(input: $input) {\n      ... on Followed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unfollow($input: UnfollowInput!) {\n    unfollow(input: $input) {\n      ... on Unfollowed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Unfollow($input: UnfollowInput!) {\n    unfollow(input: $input) {\n      ... on Unfollowed {\n        user {\n          ...FollowOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PeopleOfUser on FollowConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...PersonCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment PeopleOfUser on FollowConnection {\n    edges {\n      cursor\n      node {\n        id\n        ...PersonCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Followees($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      isViewer\n      followees(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n"): (typeof documents)["\n  query Followees($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      isViewer\n      followees(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Followers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      followers(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n"): (typeof documents)["\n  query Followers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      followers(first: 30, after: $after) {\n        ...PeopleOfUser\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KnownFollowers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      knownFollowers(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query KnownFollowers($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      alias\n      knownFollowers(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonCard on User {\n    id\n    alias\n    firstName\n    lastName\n    followsViewer\n    ...AvatarOf\n    ...FollowState\n  }\n"): (typeof documents)["\n  fragment PersonCard on User {\n    id\n    alias\n    firstName\n    lastName\n    followsViewer\n    ...AvatarOf\n    ...FollowState\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment KnownFollowersOf on User {\n    alias\n    knownFollowers(first: 20) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment KnownFollowersOf on User {\n    alias\n    knownFollowers(first: 20) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      blockedByViewer\n      blocksViewer\n      ...ProfileCard\n    }\n  }\n"): (typeof documents)["\n  query Profile($alias: String!) {\n    user(alias: $alias) {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      blockedByViewer\n      blocksViewer\n      ...ProfileCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileCard on User {\n    id\n    alias\n    firstName\n    lastName\n    bioSegments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    createdAt\n    postCount\n    followerCount\n    followeeCount\n    isViewer\n    followsViewer\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    blocksViewer\n    ...AvatarOf\n    ...FollowState\n    ...MenuOfPerson\n    ...KnownFollowersOf\n  }\n"): (typeof documents)["\n  fragment ProfileCard on User {\n    id\n    alias\n    firstName\n    lastName\n    bioSegments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    createdAt\n    postCount\n    followerCount\n    followeeCount\n    isViewer\n    followsViewer\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    blocksViewer\n    ...AvatarOf\n    ...FollowState\n    ...MenuOfPerson\n    ...KnownFollowersOf\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Likes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      likes(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Likes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      likes(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Reposts($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      reposts(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Reposts($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      reposts(first: 30, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            ...PersonCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Quotes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      quotes(first: 20, after: $after) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Quotes($id: ID!, $after: String) {\n    post(id: $id) {\n      id\n      author {\n        id\n        alias\n      }\n      quotes(first: 20, after: $after) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MenuOfPerson on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n    mutedByViewer\n    blockedByViewer\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n"): (typeof documents)["\n  fragment MenuOfPerson on User {\n    id\n    alias\n    isViewer\n    followedByViewer\n    mutedByViewer\n    blockedByViewer\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MuteOutcome on User {\n    id\n    mutedByViewer\n    mutedUntil\n  }\n"): (typeof documents)["\n  fragment MuteOutcome on User {\n    id\n    mutedByViewer\n    mutedUntil\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BlockOutcome on User {\n    id\n    blockedByViewer\n    followedByViewer\n    followsViewer\n    followerCount\n    followeeCount\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n"): (typeof documents)["\n  fragment BlockOutcome on User {\n    id\n    blockedByViewer\n    followedByViewer\n    followsViewer\n    followerCount\n    followeeCount\n    followOptions {\n      showsReposts\n      isInFeed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Mute($input: MuteInput!) {\n    mute(input: $input) {\n      ... on UserMuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Mute($input: MuteInput!) {\n    mute(input: $input) {\n      ... on UserMuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unmute($input: UnmuteInput!) {\n    unmute(input: $input) {\n      ... on UserUnmuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Unmute($input: UnmuteInput!) {\n    unmute(input: $input) {\n      ... on UserUnmuted {\n        user {\n          ...MuteOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Block($input: BlockInput!) {\n    block(input: $input) {\n      ... on UserBlocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Block($input: BlockInput!) {\n    block(input: $input) {\n      ... on UserBlocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unblock($input: UnblockInput!) {\n    unblock(input: $input) {\n      ... on UserUnblocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Unblock($input: UnblockInput!) {\n    unblock(input: $input) {\n      ... on UserUnblocked {\n        user {\n          ...BlockOutcome\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateFollow($input: UpdateFollowInput!) {\n    updateFollow(input: $input) {\n      ... on FollowUpdated {\n        user {\n          id\n          followOptions {\n            showsReposts\n            isInFeed\n          }\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateFollow($input: UpdateFollowInput!) {\n    updateFollow(input: $input) {\n      ... on FollowUpdated {\n        user {\n          id\n          followOptions {\n            showsReposts\n            isInFeed\n          }\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PictureOf on Media {\n    id\n    url\n    srcset\n    width\n    height\n    alt\n    placeholder\n  }\n"): (typeof documents)["\n  fragment PictureOf on Media {\n    id\n    url\n    srcset\n    width\n    height\n    alt\n    placeholder\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Bookmarks($after: String) {\n    bookmarks(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Bookmarks($after: String) {\n    bookmarks(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LikedPosts($after: String) {\n    likedPosts(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query LikedPosts($after: String) {\n    likedPosts(first: 20, after: $after) {\n      edges {\n        ...ListEdge\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      isReply\n      quoteCount\n      ...PostCard\n    }\n  }\n"): (typeof documents)["\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      isReply\n      quoteCount\n      ...PostCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after, shows: $shows) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Story($alias: String!, $shows: [StoryKind!]!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after, shows: $shows) {\n        edges {\n          ...ListEdge\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Bookmark($input: BookmarkInput!) {\n    bookmark(input: $input) {\n      ... on Bookmarked {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Bookmark($input: BookmarkInput!) {\n    bookmark(input: $input) {\n      ... on Bookmarked {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveBookmark($input: RemoveBookmarkInput!) {\n    removeBookmark(input: $input) {\n      ... on BookmarkRemoved {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveBookmark($input: RemoveBookmarkInput!) {\n    removeBookmark(input: $input) {\n      ... on BookmarkRemoved {\n        post {\n          id\n          bookmarkedByViewer\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Like($input: LikeInput!) {\n    like(input: $input) {\n      ... on Liked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Like($input: LikeInput!) {\n    like(input: $input) {\n      ... on Liked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unlike($input: UnlikeInput!) {\n    unlike(input: $input) {\n      ... on Unliked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Unlike($input: UnlikeInput!) {\n    unlike(input: $input) {\n      ... on Unliked {\n        post {\n          id\n          likedByViewer\n          likeCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Repost($input: RepostInput!) {\n    repost(input: $input) {\n      ... on Reposted {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Repost($input: RepostInput!) {\n    repost(input: $input) {\n      ... on Reposted {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoRepost($input: UndoRepostInput!) {\n    undoRepost(input: $input) {\n      ... on RepostUndone {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UndoRepost($input: UndoRepostInput!) {\n    undoRepost(input: $input) {\n      ... on RepostUndone {\n        post {\n          id\n          repostedByViewer\n          repostCount\n        }\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        deletedPostId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        deletedPostId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UploadMedia($input: UploadMediaInput!) {\n    uploadMedia(input: $input) {\n      ... on MediaUploaded {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UploadMedia($input: UploadMediaInput!) {\n    uploadMedia(input: $input) {\n      ... on MediaUploaded {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DescribeMedia($input: DescribeMediaInput!) {\n    describeMedia(input: $input) {\n      ... on MediaDescribed {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DescribeMedia($input: DescribeMediaInput!) {\n    describeMedia(input: $input) {\n      ... on MediaDescribed {\n        media {\n          ...PictureOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PostCard on Post {\n    id\n    createdAt\n    repostedByViewer\n    likedByViewer\n    bookmarkedByViewer\n    replyCount\n    repostCount\n    likeCount\n    repliesTo {\n      id\n      alias\n    }\n    quote {\n      hiddenBecause\n      post {\n        id\n        ...QuotedPost\n      }\n    }\n    segments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    media {\n      ...PictureOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n"): (typeof documents)["\n  fragment PostCard on Post {\n    id\n    createdAt\n    repostedByViewer\n    likedByViewer\n    bookmarkedByViewer\n    replyCount\n    repostCount\n    likeCount\n    repliesTo {\n      id\n      alias\n    }\n    quote {\n      hiddenBecause\n      post {\n        id\n        ...QuotedPost\n      }\n    }\n    segments {\n      kind\n      text\n      alias\n      url\n      tag\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    media {\n      ...PictureOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment QuotedPost on Post {\n    id\n    createdAt\n    segments {\n      text\n    }\n    media {\n      ...PictureOf\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      ...AvatarOf\n    }\n  }\n"): (typeof documents)["\n  fragment QuotedPost on Post {\n    id\n    createdAt\n    segments {\n      text\n    }\n    media {\n      ...PictureOf\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      ...AvatarOf\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RepostLineOf on Repost {\n    createdAt\n    user {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n    }\n  }\n"): (typeof documents)["\n  fragment RepostLineOf on Repost {\n    createdAt\n    user {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n"): (typeof documents)["\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NamedPostCard($id: ID!) {\n    post(id: $id) {\n      id\n      ...QuotedPost\n    }\n  }\n"): (typeof documents)["\n  query NamedPostCard($id: ID!) {\n    post(id: $id) {\n      id\n      ...QuotedPost\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CompleteAliases($query: String!) {\n    searchUsers(query: $query, first: 6) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage # the cache joins the pages of a list by it\n      }\n    }\n  }\n"): (typeof documents)["\n  query CompleteAliases($query: String!) {\n    searchUsers(query: $query, first: 6) {\n      edges {\n        node {\n          id\n          alias\n          firstName\n          lastName\n          ...AvatarOf\n        }\n      }\n      pageInfo {\n        hasNextPage # the cache joins the pages of a list by it\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CompleteTags($query: String!) {\n    searchTags(query: $query, first: 6) {\n      tag\n    }\n  }\n"): (typeof documents)["\n  query CompleteTags($query: String!) {\n    searchTags(query: $query, first: 6) {\n      tag\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          isReply\n          inReplyTo {\n            id\n            replyCount\n          }\n          quote {\n            post {\n              id\n              quoteCount\n            }\n          }\n          ...PostCard\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          isReply\n          inReplyTo {\n            id\n            replyCount\n          }\n          quote {\n            post {\n              id\n              quoteCount\n            }\n          }\n          ...PostCard\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NamedPost($id: ID!) {\n    post(id: $id) {\n      id\n      createdAt\n    }\n  }\n"): (typeof documents)["\n  query NamedPost($id: ID!) {\n    post(id: $id) {\n      id\n      createdAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListEdge on PostEdge {\n    cursor\n    node {\n      id\n      createdAt\n      ...PostCard\n    }\n    repost {\n      createdAt\n      user {\n        id\n      }\n      ...RepostLineOf\n    }\n  }\n"): (typeof documents)["\n  fragment ListEdge on PostEdge {\n    cursor\n    node {\n      id\n      createdAt\n      ...PostCard\n    }\n    repost {\n      createdAt\n      user {\n        id\n      }\n      ...RepostLineOf\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Thread($id: ID!) {\n    post(id: $id) {\n      id\n      ancestors {\n        hiddenBecause\n        post {\n          id\n          ...PostCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Thread($id: ID!) {\n    post(id: $id) {\n      id\n      ancestors {\n        hiddenBecause\n        post {\n          id\n          ...PostCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Replies($id: ID!, $order: ReplyOrder!, $after: String) {\n    post(id: $id) {\n      id\n      replies(first: 20, after: $after, order: $order) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Replies($id: ID!, $order: ReplyOrder!, $after: String) {\n    post(id: $id) {\n      id\n      replies(first: 20, after: $after, order: $order) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SentReplies($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        inReplyTo {\n          id\n        }\n        ...PostCard\n      }\n    }\n  }\n"): (typeof documents)["\n  query SentReplies($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        inReplyTo {\n          id\n        }\n        ...PostCard\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        isReply\n        ...PostCard\n      }\n    }\n  }\n"): (typeof documents)["\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        isReply\n        ...PostCard\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HiddenAccount on User {\n    id\n    alias\n    firstName\n    lastName\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    ...AvatarOf\n  }\n"): (typeof documents)["\n  fragment HiddenAccount on User {\n    id\n    alias\n    firstName\n    lastName\n    mutedByViewer\n    mutedUntil\n    blockedByViewer\n    ...AvatarOf\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MutedUsers($after: String) {\n    mutedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query MutedUsers($after: String) {\n    mutedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BlockedUsers($after: String) {\n    blockedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query BlockedUsers($after: String) {\n    blockedUsers(first: 20, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...HiddenAccount\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ... on PasswordChanged {\n        endedSessions\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      ... on PasswordChanged {\n        endedSessions\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ActiveSessions {\n    sessions {\n      id\n      client\n      lastUsedAt\n      isCurrent\n    }\n  }\n"): (typeof documents)["\n  query ActiveSessions {\n    sessions {\n      id\n      client\n      lastUsedAt\n      isCurrent\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on SessionEnded {\n        endedSessionId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on SessionEnded {\n        endedSessionId\n      }\n      ... on Error {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndOtherSessions {\n    signOutElsewhere {\n      endedSessions\n    }\n  }\n"): (typeof documents)["\n  mutation EndOtherSessions {\n    signOutElsewhere {\n      endedSessions\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      ... on ProfileUpdated {\n        user {\n          id\n          bio\n          bioSegments {\n            kind\n            text\n            alias\n            url\n          }\n          ...AvatarOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      ... on ProfileUpdated {\n        user {\n          id\n          bio\n          bioSegments {\n            kind\n            text\n            alias\n            url\n          }\n          ...AvatarOf\n        }\n      }\n      ... on Error {\n        message\n      }\n      ... on InvalidInput {\n        fields {\n          field\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n    imageSrcset\n  }\n"): (typeof documents)["\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n    imageSrcset\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;