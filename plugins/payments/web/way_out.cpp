#include "web/way_out.h"

namespace livery::payments {

namespace {

// Of an address that the host has seen to be one of a page.
std::string HostOf(const std::string& url) {
    const auto start = url.find("//") + 2;
    return url.substr(start, url.find_first_of("/?#", start) - start);
}

}  // namespace

bool LeadsOut(const Payment& payment) {
    return payment.state == PaymentState::kRequiresAction && !payment.action_url.empty();
}

View LeadOut(const Formatter& t, const WayOut& way, const std::string& back) {
    const bool posts = !way.fields.empty();
    View view{"way_out", t.Text(posts ? "way_out.bank_title" : "way_out.title"), {}, 200, {}};
    view.model.Set("title", view.title)
        .Set("text",
             t.Text(posts ? "way_out.bank_text" : "way_out.text", {{"host", HostOf(way.url)}}))
        .Set("action_url", way.url)
        .Set("back_href", back)
        .Flag("posts", posts);
    auto& fields = view.model.Rows("fields", way.fields.size());
    for (const auto& [name, value] : way.fields)
        fields.emplace_back().Set("name", name).Set("value", value);
    (posts ? view.posts_to : view.goes_on_to) = way.url;
    return view;
}

}  // namespace livery::payments
