#include <livery/ports/help_links.h>

namespace livery {

void ShowHelpAbout(HelpLinks* help, const RequestContext& request, std::string_view kind,
                   const Uuid& id, std::string_view id_text, ViewModel& model) {
    const std::string way = help == nullptr ? "" : help->For(request.tenant(), kind, id_text);
    const auto asked =
        way.empty() ? std::vector<HelpLinks::Request>() : help->About(request, kind, id);
    model.Flag("can_get_help", !way.empty())
        .Set("help_href", way)
        .Flag("has_help_requests", !asked.empty());
    auto& rows = model.Rows("help_requests", asked.size());
    for (const HelpLinks::Request& one : asked) {
        rows.emplace_back()
            .Set("number", one.number)
            .Set("subject", one.subject)
            .Set("href", one.href)
            .Set("badge", one.badge)
            .Set("state_label", one.state);
    }
}

}  // namespace livery
