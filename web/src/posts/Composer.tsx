export const Composer = () => null
