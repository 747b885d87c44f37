/**
 * Addresses inside the app. They stand behind the hash, so that any static host can serve the bundle.
 *
 *     #/                               what waits for you, and the overview
 *     #/missions/<id>                  one mission
 *     #/missions/<id>/review/<task>    your seat in the review of a task
 *     #/me                             your key in this browser
 */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'me' }
  | { readonly page: 'mission'; readonly id: string }
  | { readonly page: 'review'; readonly id: string; readonly task: string }
  | { readonly page: 'unknown'; readonly path: string }

export type Known = Exclude<Route, { page: 'unknown' }>

export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '')
  const parts = path.split('/').slice(1).map(decoded)
  if (path !== '' && !path.startsWith('/')) return { page: 'unknown', path }
  if (parts.includes(undefined)) return { page: 'unknown', path }
  return routeOf(parts as readonly string[]) ?? { page: 'unknown', path }
}

function routeOf([first = '', id = '', third = '', task = '', ...more]: readonly string[]): Known | undefined {
  if (more.length > 0) return undefined
  if (task !== '')
    return first === 'missions' && id !== '' && third === 'review' ? { page: 'review', id, task } : undefined
  if (third !== '') return undefined
  if (id !== '') return first === 'missions' ? { page: 'mission', id } : undefined
  switch (first) {
    case '':
      return { page: 'home' }
    case 'me':
      return { page: 'me' }
    default:
      return undefined
  }
}

export function addressOf(route: Known): string {
  switch (route.page) {
    case 'home':
      return '#/'
    case 'me':
      return '#/me'
    case 'mission':
      return `#/missions/${encodeURIComponent(route.id)}`
    case 'review':
      return `#/missions/${encodeURIComponent(route.id)}/review/${encodeURIComponent(route.task)}`
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
