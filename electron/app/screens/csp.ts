const none = ["'none'"]
const self = ["'self'"]

/** What the screen may load, in every shell: what is its own, and nothing inline. */
export const CSP = {
  'default-src': none,
  'script-src': self,
  'style-src': self,
  'font-src': self,
  'img-src': self,
  'connect-src': self,
  'base-uri': none,
  'form-action': none,
  'frame-ancestors': none,
}

/** The same as the value of a `Content-Security-Policy` header. */
export const CSP_HEADER = Object.entries(CSP)
  .map(([name, values]) => [name, ...values].join(' '))
  .join('; ')
