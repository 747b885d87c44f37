/**
 * Addresses inside the app. They stand behind the hash, so that any static host can serve the bundle.
 *
 *     #/                 what waits for you, and the overview
 *     #/missions/<id>    one mission
 */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'mission'; readonly id: string }
  | { readonly page: 'unknown'; readonly path: string }

export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '')
  if (path === '' || path === '/') return { page: 'home' }
  const [, encoded] = /^\/missions\/([^/]+)$/.exec(path) ?? []
  const id = encoded === undefined ? undefined : decoded(encoded)
  return id === undefined ? { page: 'unknown', path } : { page: 'mission', id }
}

export function addressOf(route: Exclude<Route, { page: 'unknown' }>): string {
  return route.page === 'home' ? '#/' : `#/missions/${encodeURIComponent(route.id)}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
