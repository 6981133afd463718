// What the reader chose on another page. Before anything is drawn, so that nothing flashes.

try {
  const theme = localStorage.getItem("loopbook-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Where storage is off, the choice lasts for a page.
}
