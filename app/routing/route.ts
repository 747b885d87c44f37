/**
 * Addresses inside the app. They stand behind the hash, so that any static host can serve the bundle.
 *
 *     #/                               what waits for you, and the overview
 *     #/missions/<id>                  one mission
 *     #/missions/<id>/review/<task>    your seat in the review of a task
 *     #/me                             your key in this browser
 *     #/actors, #/actors/<id>          people and machines, their trust and their life
 *     #/incidents, #/incidents/<id>    incidents: report one, resolve one
 *     #/panels/<id>                    a panel of humans, and your vote in it
 *     #/appeals, #/appeals/<id>        appeals: file one, answer one, follow one
 *     #/suspensions/<id>               trust that rose too fast and waits for signatures
 */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'me' | 'actors' | 'incidents' | 'appeals' }
  | { readonly page: 'actor' | 'incident' | 'suspension' | 'panel' | 'appeal'; readonly id: string }
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
  if (id !== '') return oneOf(first, id)
  switch (first) {
    case '':
      return { page: 'home' }
    case 'me':
    case 'actors':
    case 'incidents':
    case 'appeals':
      return { page: first }
    default:
      return undefined
  }
}

const SINGULAR = {
  missions: 'mission',
  actors: 'actor',
  incidents: 'incident',
  suspensions: 'suspension',
  panels: 'panel',
  appeals: 'appeal',
} as const

function oneOf(folder: string, id: string): Known | undefined {
  return Object.hasOwn(SINGULAR, folder) ? { page: SINGULAR[folder as keyof typeof SINGULAR], id } : undefined
}

export function addressOf(route: Known): string {
  switch (route.page) {
    case 'home':
      return '#/'
    case 'me':
    case 'actors':
    case 'incidents':
    case 'appeals':
      return `#/${route.page}`
    case 'mission':
    case 'actor':
    case 'incident':
    case 'suspension':
    case 'panel':
    case 'appeal':
      return `#/${route.page}s/${encodeURIComponent(route.id)}`
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
