#include "sandbox/pages/pages.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sandbox/pages/customer.h"
#include "sandbox/pages/html.h"
#include "sandbox/pages/posted_way.h"
#include "sandbox/pages/words.h"

namespace livery::sandbox {

namespace {

// "https://shop.example/back?a=b" → "https://shop.example"
std::string OriginOf(const std::string& url) {
    const auto host = url.find("://");
    return host == std::string::npos ? "" : url.substr(0, url.find('/', host + 3));
}

Response Html(int status, std::string body, const std::string& return_url) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    // A form that is sent here may end at the shop: browsers hold redirects to form-action.
    response.headers.Set(
        "Content-Security-Policy",
        fmt::format(
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "form-action 'self' {}",
            OriginOf(return_url)));
    response.headers.Set("Cache-Control", "no-store");
    response.headers.Set("Referrer-Policy", "no-referrer");
    response.headers.Set("X-Content-Type-Options", "nosniff");
    return response;
}

// What the browser brings home is a hint; the shop asks.
std::string BackUrl(const std::string& return_url, const std::string& id,
                    const std::string& state) {
    return fmt::format("{}{}id={}&state={}", return_url,
                       return_url.find('?') == std::string::npos ? '?' : '&', id, state);
}

int DecimalsOf(const std::string& currency) {
    if (currency == "JPY" || currency == "HUF") return 0;
    return currency == "KWD" ? 3 : 2;
}

std::string AmountText(std::int64_t minor, const std::string& currency, std::string_view language) {
    std::string digits = std::to_string(minor);
    const auto decimals = static_cast<std::size_t>(DecimalsOf(currency));
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0)
        digits.insert(digits.size() - decimals, language == "de" || language == "es" ? "," : ".");
    return digits + " " + currency;
}

std::string BankPage(std::string_view language, std::string_view last4) {
    const std::string_view title = Word(language, "challenge_title");
    return Document(
        {language, std::string(title),
         fmt::format(
             R"(<h1>{}</h1><p>{}</p><form method="post"><button name="action" value="confirm">{}</button><button class="second" name="action" value="refuse">{}</button></form>)",
             title,
             With(Word(language, "challenge_text"), "last4", fmt::format("<bdi>{}</bdi>", last4)),
             Word(language, "confirm"), Word(language, "refuse"))});
}

std::string DonePage(std::string_view language, const std::string& back) {
    const std::string_view title = Word(language, "done_title");
    return Document(
        {language, std::string(title),
         fmt::format(R"(<h1>{}</h1><p>{}</p><a class="back" href="{}">{}</a>)", title,
                     Word(language, "done_text"), Escaped(back), Word(language, "back"))});
}

// Behind the address of a page that a form of the shop's led to.
constexpr std::string_view kPosted = "posted";

bool WaitsForForm(const Request& request, const auto& one) {
    return one.state == "awaiting_customer" && IsReachedByPost(one) &&
           request.query.Get(kPosted).empty();
}

std::string Posted(const std::string& target) {
    return fmt::format("{}{}{}=1", target, target.find('?') == std::string::npos ? '?' : '&',
                       kPosted);
}

// What a browser does with an address that wants a form, or with a form that came in pieces: it
// shows that, and nothing is lost.
Response TakeForm(const Request& request, std::string_view language, const auto& one) {
    bool whole = request.method == Method::kPost;
    for (const auto& [name, value] : PostedFields(one))
        whole = whole && request.form.Get(name) == value;
    const std::string_view title = Word(language, "form_title");
    if (!whole)
        return Html(
            405,
            Document({language, std::string(title),
                      fmt::format("<h1>{}</h1><p>{}</p>", title, Word(language, "form_text"))}),
            one.return_url);
    Response on = Html(303, "", one.return_url);
    on.headers.Set("Location", Posted(request.raw_target));
    return on;
}

bool AsksBank(const Payment& payment) { return !payment.token.empty(); }
bool AsksBank(const Setup& setup) { return setup.scenario != 0; }
int ScenarioOf(const Payment& payment) { return payment.scenario; }
int ScenarioOf(const Setup& setup) { return setup.scenario; }

std::string Last4(int scenario) {
    const std::string number = CardNumber(*ByNumber(scenario));
    return number.empty() ? "0000" : number.substr(number.size() - 4);
}

}  // namespace

std::optional<Pages::Subject> Pages::Find(const std::string& session) const {
    return store_.Read([&](const Book& book, std::int64_t now) -> std::optional<Subject> {
        if (const Payment* payment = book.PaymentOfSession(session))
            return Subject{*payment, std::nullopt, now};
        if (const Setup* setup = book.SetupOfSession(session))
            return Subject{std::nullopt, *setup, now};
        return std::nullopt;
    });
}

// What was done meanwhile, in another window, is not done again.
void Pages::Act(const Subject& subject, const Request& request, CardForm& form) const {
    const std::string_view action = request.form.Get("action");
    const bool asks_bank = subject.Of([](const auto& one) { return AsksBank(one); });
    if (action == "pay" && !asks_bank) {
        form = ReadCard(request.form, subject.now);
        if (!form.wrong.empty()) return;
    }
    const auto session = subject.Of([](const auto& one) { return one.session; });
    const auto apply = [&](Draft& draft, const auto& one) {
        if (one.state != "awaiting_customer") return;
        if (action == "cancel") return Abandon(draft, one);
        if (action == "pay" && !AsksBank(one)) return EnterCard(draft, one, form.card);
        if (AsksBank(one) && (action == "confirm" || action == "refuse"))
            AnswerBank(draft, one, action == "confirm");
    };
    store_.Do(subject.Of([](const auto& one) { return one.merchant; }), [&](Draft& draft) {
        if (subject.payment) apply(draft, *draft.book().PaymentOfSession(session));
        if (subject.setup) apply(draft, *draft.book().SetupOfSession(session));
        return true;
    });
}

Response Pages::Show(const Subject& subject, std::string_view language, const CardForm& form,
                     const Params& typed) const {
    return subject.Of([&](const auto& one) {
        if (one.state != "awaiting_customer")
            return Html(200, DonePage(language, BackUrl(one.return_url, one.id, one.state)),
                        one.return_url);
        if (AsksBank(one))
            return Html(200, BankPage(language, Last4(ScenarioOf(one))), one.return_url);
        const std::string amount = subject.payment ? AmountText(subject.payment->amount,
                                                                subject.payment->currency, language)
                                                   : "";
        return Html(form.wrong.empty() ? 200 : 422,
                    Render({language, one.merchant, amount, &form.wrong, &typed}), one.return_url);
    });
}

Response Pages::Answer(const Request& request) const {
    const std::string session = request.path.substr(std::string_view("/pay/").size());
    auto subject = Find(session);
    const std::string_view asked = request.query.Get("locale");
    if (!subject) {
        const std::string_view language = LanguageOf(asked);
        const std::string title(Word(language, "gone_title"));
        return Html(404, Document({language, title, "<h1>" + title + "</h1>"}), "");
    }
    const std::string locale = asked.empty()
                                   ? subject->Of([](const auto& one) { return one.locale; })
                                   : std::string(asked);
    const std::string_view language = LanguageOf(locale);
    CardForm form;
    if (subject->Of([&](const auto& one) { return WaitsForForm(request, one); }))
        return subject->Of([&](const auto& one) { return TakeForm(request, language, one); });
    if (request.method != Method::kPost) return Show(*subject, language, form, request.form);
    Act(*subject, request, form);
    if (!form.wrong.empty()) return Show(*subject, language, form, request.form);
    subject = Find(session);
    Response response = subject->Of([&](const auto& one) {
        Response away = Html(303, "", one.return_url);
        const std::string here =
            WaitsForForm(request, one) ? Posted(request.raw_target) : request.raw_target;
        away.headers.Set("Location", one.state == "awaiting_customer"
                                         ? here
                                         : BackUrl(one.return_url, one.id, one.state));
        return away;
    });
    return response;
}

}  // namespace livery::sandbox
