/** The tabs of a first visit. They fit the small world of `tweeter seed demo`. */

export const AUTHORIZATION = JSON.stringify({ Authorization: 'Bearer TOKEN' }, null, 2)

const SIGN_IN = `# In the world of \`tweeter seed demo\`.
# The token goes into the other tabs' headers.
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

const FEED = `# Replace TOKEN in the headers below by yours.
query Feed($after: String) {
  feed(first: 10, after: $after) {
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

const POST = `# Replace TOKEN in the headers below by yours.
mutation Post {
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
        }
      }
    }
  }
}
`

export const examples = [
  { query: SIGN_IN, headers: AUTHORIZATION },
  { query: FEED, headers: AUTHORIZATION },
  { query: POST, headers: AUTHORIZATION },
  { query: STORY, variables: JSON.stringify({ alias: 'grace' }, null, 2), headers: AUTHORIZATION },
]
