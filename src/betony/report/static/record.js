// Shows both ends of the link that was followed: every word of a fact, and the fact. Without it the browser shows one.
"use strict";
(() => {
  const marks = document.querySelectorAll("mark[data-facts]");

  function show() {
    for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
    const name = location.hash.slice(1);
    const found = /^([wf])(\d+)(?:-\d+)?$/.exec(name);
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (found) {
      for (const mark of marks) if (mark.dataset.facts.split(" ").includes(found[2])) mark.classList.add("chosen");
      const fact = document.getElementById(`f${found[2]}`);
      fact.classList.add("chosen");
      if (found[1] === "w") fact.scrollIntoView({ block: "nearest" });
    }
    target.scrollIntoView({ block: found ? "center" : "start" });
  }

  addEventListener("hashchange", show);
  show();
})();
