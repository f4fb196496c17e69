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

View LeadOut(const Formatter& t, const std::string& url, const std::string& back) {
    View view{"way_out", t.Text("way_out.title"), {}, 200, {}};
    view.model.Set("text", t.Text("way_out.text", {{"host", HostOf(url)}}))
        .Set("action_url", url)
        .Set("back_href", back);
    view.goes_on_to = url;
    return view;
}

}  // namespace livery::payments
