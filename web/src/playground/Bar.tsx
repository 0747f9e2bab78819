import { setToken, useToken } from './token'
import { useViewer } from './viewer'

/** The bar above the editor: the session token and whose it is. */
export function Bar() {
  const token = useToken()
  const viewer = useViewer()
  return (
    <header className="bar">
      <a className="name" href="/">
        Tweeter
      </a>
      <label className="token">
        <span>Token</span>
        <input
          value={token}
          onChange={(event) => setToken(event.target.value.trim())}
          placeholder="Run SignIn or Register, or paste one"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <output className="viewer">{describe(token, viewer)}</output>
    </header>
  )
}

function describe(token: string, viewer: string | null | undefined): string {
  if (!token) return 'anonymous'
  if (viewer === undefined) return ''
  return viewer === null ? 'not a valid token' : `@${viewer}`
}
