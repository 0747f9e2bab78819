import { build, type UserConfig } from 'vite'

/** Bundles a module as a classic script. */
export async function bundleScript(
  source: string,
  { minify = true, define = {} }: { minify?: boolean; define?: NonNullable<UserConfig['define']> } = {},
): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define,
    resolve: { tsconfigPaths: true },
    build: {
      write: false,
      minify,
      modulePreload: false,
      rolldownOptions: { input: source, output: { format: 'iife' } },
    },
  })
  if (!('output' in result)) throw new Error(`${source} was not bundled`)
  return result.output[0].code
}
