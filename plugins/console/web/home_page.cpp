#include "web/home_page.h"

#include <livery/http/page_routes.h>

#include "app/role_names.h"

namespace livery::console {

Result<Reply> HomePage::Show(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"console_home", t.Text("home.title"), {}, 200, {}};
    view.model.Set("greeting", t.Text("home.greeting", {{"name", r.visitor().display_name}}))
        .Set("today", t.Day(r.today(), Formatter::DateStyle::kLong))
        .Set("roles", RoleNames(r.tenant(), r.visitor().roles, t))
        .Set("brand", r.tenant().name);
    auto& rows = view.model.Rows("lists", lists_.size());
    for (const auto& [plugin, list] : lists_) {
        if (!r.tenant().Enables(plugin)) continue;
        if (!list.permission.empty() && !r.May(list.permission)) continue;
        const std::int64_t waiting = list.waiting(r.tenant());
        rows.emplace_back()
            .Set("figure", t.Number(waiting))
            .Set("label", r.FormatterOf(plugin)->Text(list.label, {{"count", waiting}}))
            .Set("href", list.href)
            .Set("icon", list.icon)
            .Flag("quiet", waiting == 0);
    }
    view.model.Flag("has_lists", !rows.empty());
    return view;
}

void HomePage::AddTo(Registrar& registrar) {
    registrar.Add(NavItem{"nav.home", "/console", "house", 10});
    PageRoutes<HomePage> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/console", &HomePage::Show, "What waits for the staff");
}

}  // namespace livery::console
