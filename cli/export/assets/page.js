// What a page gains where scripts are on: a switch for the theme, buttons that copy, quizzes to answer. All else works without.

{
  const root = document.documentElement;

  /**
   * @param {string} text
   * @param {string} className
   * @param {(button: HTMLButtonElement) => void} onClick
   */
  const makeButton = (text, className, onClick) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.className = className;
    button.addEventListener("click", () => onClick(button));
    return button;
  };

  const isDark = () =>
    root.dataset.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : root.dataset.theme === "dark";

  const themeButton = makeButton("Dark theme", "theme", (button) => {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    button.ariaPressed = String(theme === "dark");
    try {
      localStorage.setItem("loopbook-theme", theme);
    } catch {
      // Where storage is off, the choice lasts for this page.
    }
  });
  themeButton.ariaPressed = String(isDark());
  document.querySelector(".top")?.append(themeButton);

  // There is room for the contents beside the text, not above it.
  if (matchMedia("(max-width: 67.99rem)").matches) document.querySelector(".contents details")?.removeAttribute("open");

  for (const input of document.querySelectorAll(".input")) {
    const button = makeButton("Copy", "copy", async () => {
      const done = await copy(input.querySelector("pre")?.textContent ?? "");
      button.textContent = done ? "Copied" : "Not copied";
      button.classList.add("done");
      setTimeout(() => {
        button.textContent = "Copy";
        button.classList.remove("done");
      }, 1500);
    });
    input.append(button);
  }

  /** @param {string} text */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  for (const quiz of document.querySelectorAll("details.quiz")) {
    const choices = document.createElement("div");
    choices.className = "choices";
    choices.role = "group";
    choices.ariaLabel = "Your answer";
    const verdict = document.createElement("p");
    verdict.className = "verdict";
    verdict.role = "status";
    for (const answer of quiz.querySelectorAll("p[data-choice]")) {
      const { choice = "", verdict: kind = "" } = answer instanceof HTMLElement ? answer.dataset : {};
      const button = makeButton(choice, "", () => {
        for (const each of choices.querySelectorAll("button")) each.ariaPressed = String(each === button);
        button.className = kind;
        verdict.className = `verdict ${kind}`;
        verdict.textContent = answer.textContent;
      });
      button.ariaPressed = "false";
      choices.append(button);
    }
    quiz.before(choices, verdict);
  }

  // Only what really scrolls needs a stop of the Tab key.
  const scrolls = new ResizeObserver((entries) => {
    for (const { target } of entries)
      if (target instanceof HTMLElement) {
        if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
  });
  for (const element of document.querySelectorAll('main [tabindex="0"]')) scrolls.observe(element);
}
