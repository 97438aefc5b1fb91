const none = ["'none'"]
const self = ["'self'"]

/** What is its own, and nothing inline. */
const CSP = {
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

/** What the screen may load, in every shell, as the value of a `Content-Security-Policy` header. */
export const CSP_HEADER = Object.entries(CSP)
  .map(([name, values]) => [name, ...values].join(' '))
  .join('; ')
