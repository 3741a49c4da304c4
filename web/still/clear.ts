/**
 * The picture of the page gives way to the page. To be imported before any element: all of them are made in the same
 * turn of the event loop, so nobody sees the room empty.
 */
document.querySelector('dnsdrill-shell')?.shadowRoot?.replaceChildren();
