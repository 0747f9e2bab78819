/** Shows English in all Vitest tests, as the client does before it has loaded another language. */
import './language'
