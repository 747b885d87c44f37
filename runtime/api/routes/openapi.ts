/** GET /api/openapi.json: this API described, from the very routes that answer. */
import { openApi } from '../openapi/document.ts'
import type { App } from '../parts.ts'
import { jsonText } from '../reply.ts'

/** Comes behind all other routes of the API: it describes those that there are. */
export function openapi(app: App): void {
  let text: string | undefined
  app.get('/api/openapi.json', () => {
    text ??= JSON.stringify(openApi(app.routes.filter(({ path }) => path !== '/*' && path !== '*')))
    return jsonText(text)
  })
}
