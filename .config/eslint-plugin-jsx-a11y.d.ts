/** The published types bring an older eslint along. */
declare module 'eslint-plugin-jsx-a11y' {
  import type { ConfigWithExtends } from 'typescript-eslint'
  const plugin: { readonly flatConfigs: { readonly strict: ConfigWithExtends } }
  export default plugin
}
