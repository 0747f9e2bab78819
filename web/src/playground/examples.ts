/** The tabs of a first visit, as a tour of the API. They match the accounts of `tweeter seed demo`. */

interface Example {
  query: string
  variables?: string
}

const SIGN_IN = `# An account of \`tweeter seed demo\`.
# The token goes into the field above.
mutation SignIn {
  login(
    input: {
      alias: "ada"
      password: "tweeter-demo"
    }
  ) {
    ... on Session {
      token
      expiresAt
    }
    ... on InvalidCredentials {
      message
    }
  }
}
`

const REGISTER = `# Or create a new account.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ... on Session {
      token
      user {
        alias
        createdAt
      }
    }
    ... on AliasTaken {
      message
    }
    ... on InvalidInput {
      fields {
        field
        message
      }
    }
  }
}
`

const SEARCH = `query Search {
  searchUsers(query: "gr", first: 5) {
    edges {
      node {
        id
        alias
        firstName
        lastName
        followerCount
        followedByViewer
      }
    }
  }
}
`

const FOLLOW = `# The id is @grace's; Search finds others.
mutation Follow($userId: ID!) {
  follow(input: { userId: $userId }) {
    ... on Followed {
      user {
        alias
        followerCount
        followedByViewer
      }
    }
    ... on Error {
      message
    }
  }
}
`

const FEED = `# For the next page, put endCursor into
# the variable after.
query Feed($first: Int, $after: String) {
  feed(first: $first, after: $after) {
    edges {
      node {
        text
        createdAt
        author {
          alias
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`

const POST = `mutation Post {
  createPost(
    input: { text: "Hello from here, @grace" }
  ) {
    ... on PostCreated {
      post {
        id
        text
        delivery {
          state
          targets
          delivered
        }
      }
    }
    ... on InvalidInput {
      fields {
        field
        message
      }
    }
  }
}
`

const LIVE = `# New posts by the accounts that you follow,
# as they arrive. To see one, sign in as one of
# them in another window and post.
subscription Live {
  feedUpdates {
    text
    createdAt
    author {
      alias
    }
  }
}
`

const STORY = `query Story($alias: String!) {
  user(alias: $alias) {
    firstName
    lastName
    followerCount
    followeeCount
    story(first: 5) {
      edges {
        node {
          text
          createdAt
          segments {
            kind
            text
          }
        }
      }
    }
  }
}
`

const SCHEMA = `# The Docs panel shows the whole schema.
query Schema {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
    mutationType {
      fields {
        name
        description
      }
    }
  }
}
`

const NEWCOMER = { alias: 'newcomer', firstName: 'New', lastName: 'Comer', password: 'tweeter-demo' }

/** `user` is the id of an account to follow. */
export function examplesFor(user = 'AN ID THAT Search HAS FOUND'): Example[] {
  return [
    { query: SIGN_IN },
    { query: REGISTER, variables: write({ input: NEWCOMER }) },
    { query: SEARCH },
    { query: FOLLOW, variables: write({ userId: user }) },
    { query: FEED, variables: write({ first: 5, after: null }) },
    { query: POST },
    { query: LIVE },
    { query: STORY, variables: write({ alias: 'grace' }) },
    { query: SCHEMA },
  ]
}

function write(variables: object): string {
  return JSON.stringify(variables, null, 2)
}
