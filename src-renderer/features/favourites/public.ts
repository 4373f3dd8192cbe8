export { FavouritesProvider } from './Favourites.tsx'
export { NavFavourites, useEntries } from './NavFavourites.tsx'
export { Star, ViewStar } from './Star.tsx'
