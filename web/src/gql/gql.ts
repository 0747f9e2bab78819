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
    "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.FeedDocument,
    "\n  subscription FeedUpdates {\n    feedUpdates {\n      id\n      createdAt\n      ...PostCard\n    }\n  }\n": typeof types.FeedUpdatesDocument,
    "\n  fragment PostCard on Post {\n    id\n    createdAt\n    segments {\n      kind\n      text\n      alias\n      url\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n": typeof types.PostCardFragmentDoc,
    "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      ...PostCard\n    }\n  }\n": typeof types.OnePostDocument,
    "\n  query Story($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.StoryDocument,
    "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        id\n      }\n      ... on PostNotFound {\n        message\n      }\n    }\n  }\n": typeof types.DeletePostDocument,
    "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        ...PostCard\n      }\n    }\n  }\n": typeof types.KnownPostsDocument,
    "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n": typeof types.ProgressDocument,
    "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          ...PostCard\n        }\n      }\n      ... on InvalidInput {\n        message\n        fields {\n          field\n          message\n        }\n      }\n    }\n  }\n": typeof types.CreatePostDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on InvalidCredentials {\n        message\n      }\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation Logout {\n    logout\n  }\n": typeof types.LogoutDocument,
    "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n  }\n": typeof types.AvatarOfFragmentDoc,
};
const documents: Documents = {
    "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n": types.ViewerDocument,
    "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.FeedDocument,
    "\n  subscription FeedUpdates {\n    feedUpdates {\n      id\n      createdAt\n      ...PostCard\n    }\n  }\n": types.FeedUpdatesDocument,
    "\n  fragment PostCard on Post {\n    id\n    createdAt\n    segments {\n      kind\n      text\n      alias\n      url\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n": types.PostCardFragmentDoc,
    "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      ...PostCard\n    }\n  }\n": types.OnePostDocument,
    "\n  query Story($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.StoryDocument,
    "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        id\n      }\n      ... on PostNotFound {\n        message\n      }\n    }\n  }\n": types.DeletePostDocument,
    "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        ...PostCard\n      }\n    }\n  }\n": types.KnownPostsDocument,
    "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n": types.ProgressDocument,
    "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          ...PostCard\n        }\n      }\n      ... on InvalidInput {\n        message\n        fields {\n          field\n          message\n        }\n      }\n    }\n  }\n": types.CreatePostDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on InvalidCredentials {\n        message\n      }\n    }\n  }\n": types.LoginDocument,
    "\n  mutation Logout {\n    logout\n  }\n": types.LogoutDocument,
    "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n  }\n": types.AvatarOfFragmentDoc,
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
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      id\n      alias\n      firstName\n      lastName\n      followeeCount\n      isCelebrity\n      ...AvatarOf\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Feed($first: Int = 20, $after: String) {\n    feed(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          createdAt\n          ...PostCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FeedUpdates {\n    feedUpdates {\n      id\n      createdAt\n      ...PostCard\n    }\n  }\n"): (typeof documents)["\n  subscription FeedUpdates {\n    feedUpdates {\n      id\n      createdAt\n      ...PostCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PostCard on Post {\n    id\n    createdAt\n    segments {\n      kind\n      text\n      alias\n      url\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n"): (typeof documents)["\n  fragment PostCard on Post {\n    id\n    createdAt\n    segments {\n      kind\n      text\n      alias\n      url\n    }\n    author {\n      id\n      alias\n      firstName\n      lastName\n      isViewer\n      isCelebrity\n      ...AvatarOf\n    }\n    delivery {\n      state\n      targets\n      delivered\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      ...PostCard\n    }\n  }\n"): (typeof documents)["\n  query OnePost($id: ID!) {\n    post(id: $id) {\n      id\n      ...PostCard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Story($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Story($alias: String!, $after: String) {\n    user(alias: $alias) {\n      id\n      story(first: 20, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            createdAt\n            ...PostCard\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        id\n      }\n      ... on PostNotFound {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeletePost($input: DeletePostInput!) {\n    deletePost(input: $input) {\n      ... on PostDeleted {\n        id\n      }\n      ... on PostNotFound {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        ...PostCard\n      }\n    }\n  }\n"): (typeof documents)["\n  query KnownPosts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      ... on Post {\n        id\n        createdAt\n        ...PostCard\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n"): (typeof documents)["\n  query Progress($id: ID!) {\n    post(id: $id) {\n      id\n      delivery {\n        state\n        targets\n        delivered\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          ...PostCard\n        }\n      }\n      ... on InvalidInput {\n        message\n        fields {\n          field\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreatePost($input: CreatePostInput!) {\n    createPost(input: $input) {\n      ... on PostCreated {\n        post {\n          id\n          ...PostCard\n        }\n      }\n      ... on InvalidInput {\n        message\n        fields {\n          field\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on InvalidCredentials {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      ... on Session {\n        token\n        user {\n          id\n          alias\n        }\n      }\n      ... on InvalidCredentials {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Logout {\n    logout\n  }\n"): (typeof documents)["\n  mutation Logout {\n    logout\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n  }\n"): (typeof documents)["\n  fragment AvatarOf on User {\n    alias\n    firstName\n    lastName\n    imageUrl\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;