// The sandbox's page: what a user of WeChat does goes to the stand-in, which brings it to the
// hotline; what the account says is looked for every half second.

const find = (id) => document.getElementById(id);
const who = find("who");
const log = find("log");
const WAYS = { passive: "同一次请求里回复", service: "客服消息", template: "模板消息" };
let after = 0;
let menu = "";

async function send(path, body) {
  const response = await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ openid: who.value, ...body }),
  });
  outcome(await response.json());
}

function outcome({ failed, tries, seconds }) {
  if (failed) {
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.textContent = `该公众号提供的服务出现故障（试了 ${tries} 次）`;
    log.append(fault);
  } else if (typeof seconds === "number") {
    find("state").dataset.took = `上一次 ${seconds.toFixed(2)} 秒`;
  }
  look();
}

function show(told) {
  const bubble = document.createElement("div");
  bubble.className = `told ${told.by}`;
  if (told.kind === "voice" && told.by === "service") {
    const sound = document.createElement("audio");
    sound.controls = true;
    sound.src = `/sandbox/media/${told.text}`;
    bubble.append(sound);
  } else {
    bubble.textContent = told.text;
  }
  if (told.by !== "user") {
    const way = document.createElement("small");
    way.textContent = WAYS[told.by];
    bubble.append(way);
  }
  log.append(bubble);
  log.scrollTop = log.scrollHeight;
}

function button(entry) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = entry.name;
  made.addEventListener("click", () => {
    if (entry.type === "view") window.open(entry.url, "_blank", "noopener");
    else if (entry.type === "location_select") find("place").click();
    else send("event", { event: "CLICK", key: entry.key });
  });
  return made;
}

function drawMenu(entries) {
  const text = JSON.stringify(entries);
  if (text === menu) return;
  menu = text;
  find("menu").replaceChildren(
    ...entries.map((entry) => {
      if (!entry.sub_button) return button(entry);
      const row = document.createElement("details");
      const name = document.createElement("summary");
      name.textContent = entry.name;
      const inside = document.createElement("div");
      inside.append(...entry.sub_button.map(button));
      row.append(name, inside);
      return row;
    }),
  );
}

async function look() {
  const asked = new URLSearchParams({ openid: who.value || "o-elder-wang", after });
  const answer = await fetch(`/sandbox/state?${asked}`).catch(() => null);
  if (!answer?.ok) {
    find("state").textContent = "沙箱停了";
    return;
  }
  const state = await answer.json();
  if (!who.options.length) {
    for (const [openid, name] of Object.entries(state.people)) who.add(new Option(name, openid));
  }
  if (state.after > after) {
    after = state.after;
    state.shown.forEach(show);
  }
  drawMenu(state.menu);
  const follows = state.follows ? "已关注" : "没有关注";
  find("state").textContent = [
    follows,
    `还能收 ${state.left} 条客服消息`,
    find("state").dataset.took,
  ]
    .filter(Boolean)
    .join(" · ");
}

who.addEventListener("change", () => {
  after = 0;
  log.replaceChildren();
  look();
});
find("talk").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = find("words").value;
  if (!text.trim()) return;
  find("words").value = "";
  send("say", { text });
});
find("place").addEventListener("click", () =>
  send("place", { label: window.prompt("在哪儿？", "阿拉善左旗巴彦浩特镇额鲁特东路3号") || "" }),
);
find("sound").addEventListener("change", async ({ target }) => {
  const form = new FormData();
  form.append("sound", target.files[0]);
  const asked = new URLSearchParams({ openid: who.value });
  outcome(await (await fetch(`/sandbox/voice?${asked}`, { method: "POST", body: form })).json());
  target.value = "";
});
for (const each of document.querySelectorAll("[data-event]")) {
  each.addEventListener("click", () => send("event", { event: each.dataset.event }));
}
setInterval(look, 500);
look();
