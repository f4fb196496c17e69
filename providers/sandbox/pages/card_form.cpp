#include "sandbox/pages/card_form.h"

#include <algorithm>

#include <fmt/format.h>

#include "sandbox/pages/html.h"
#include "sandbox/pages/words.h"

namespace livery::sandbox {

namespace {

bool AllDigits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// As people write them: in groups.
std::string Digits(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
    return digits;
}

// "09/34", "9 / 2034", "0934"; month 0 for anything else.
Expiry ReadExpiry(std::string_view typed) {
    std::string text(typed);
    std::erase(text, ' ');
    std::string month;
    std::string year;
    if (const auto slash = text.find('/'); slash != std::string::npos) {
        month = text.substr(0, slash);
        year = text.substr(slash + 1);
    } else if (text.size() == 4) {
        month = text.substr(0, 2);
        year = text.substr(2);
    }
    const bool good = !month.empty() && month.size() <= 2 &&
                      (year.size() == 2 || year.size() == 4) && AllDigits(month) && AllDigits(year);
    if (!good) return {0, 0};
    const int number = std::stoi(month);
    const int full_year = year.size() == 2 ? 2000 + std::stoi(year) : std::stoi(year);
    return number >= 1 && number <= 12 ? Expiry{number, full_year} : Expiry{0, 0};
}

struct Field {
    std::string_view id;
    std::string_view hint;  // a word; "" none
    std::string_view attributes;
    bool shown_again;
};

std::string Input(const CardPage& page, const Field& field) {
    const auto wrong = std::find_if(page.wrong->begin(), page.wrong->end(),
                                    [&](const WrongField& one) { return one.field == field.id; });
    const bool bad = wrong != page.wrong->end();
    std::string html = fmt::format(R"(<div class="field"><label for="{0}">{1}</label>)", field.id,
                                   Word(page.language, field.id));
    std::string described;
    if (!field.hint.empty()) {
        html += fmt::format(R"(<p class="hint" id="{0}-hint">{1}</p>)", field.id,
                            Word(page.language, field.hint));
        described = fmt::format("{}-hint", field.id);
    }
    if (bad) {
        html += fmt::format(R"(<p class="wrong" id="{0}-wrong">{1}</p>)", field.id,
                            Word(page.language, wrong->word));
        described += fmt::format("{}{}-wrong", described.empty() ? "" : " ", field.id);
    }
    html += fmt::format(R"(<input id="{0}" name="{0}" {1})", field.id, field.attributes);
    if (!described.empty()) html += fmt::format(R"( aria-describedby="{}")", described);
    if (bad) html += R"( aria-invalid="true")";
    if (field.shown_again)
        html += fmt::format(R"( value="{}")", Escaped(page.typed->Get(field.id)));
    return html + "></div>\n";
}

std::string Summary(const CardPage& page) {
    if (page.wrong->empty()) return "";
    std::string html =
        fmt::format(R"(<div class="summary" role="alert" tabindex="-1"><h2>{}</h2><ul>)",
                    Word(page.language, "problem"));
    for (const WrongField& wrong : *page.wrong)
        html += fmt::format(R"(<li><a href="#{}">{}</a></li>)", wrong.field,
                            Word(page.language, wrong.word));
    return html + "</ul></div>\n";
}

std::string Grouped(const std::string& digits) {
    std::string text;
    for (std::size_t at = 0; at < digits.size(); at += 4)
        text += (at == 0 ? "" : " ") + digits.substr(at, 4);
    return text;
}

std::string TestCards(std::string_view language) {
    std::string rows;
    for (const Scenario& scenario : Scenarios()) {
        const std::string number = CardNumber(scenario);
        if (number.empty()) continue;
        rows += fmt::format(R"(<tr><td class="digits">{}</td><td lang="en">{}</td></tr>)",
                            Grouped(number), scenario.name);
    }
    return fmt::format(
        R"(<details><summary>{0}</summary><p class="hint">{1}</p><div class="scroll" tabindex="0" role="region" aria-label="{0}"><table><thead><tr><th scope="col">{2}</th><th scope="col">{3}</th></tr></thead><tbody>{4}</tbody></table></div></details>)",
        Word(language, "cards"), Word(language, "cards_hint"), Word(language, "number"),
        Word(language, "card_effect"), rows);
}

std::string Terms(const CardPage& page) {
    std::string html = fmt::format("<dl><dt>{}</dt><dd>{}</dd>", Word(page.language, "to"),
                                   Escaped(page.merchant));
    if (!page.amount.empty())
        html += fmt::format(R"(<dt>{}</dt><dd><bdi>{}</bdi></dd>)", Word(page.language, "amount"),
                            Escaped(page.amount));
    return html + "</dl>\n";
}

}  // namespace

CardForm ReadCard(const Params& form, std::int64_t now) {
    CardForm read;
    const std::string digits = Digits(form.Get("number"));
    read.card.scenario = ByCard(digits);
    if (!PassesLuhn(digits)) {
        read.wrong.push_back({"number", "number_wrong"});
    } else if (read.card.scenario == nullptr) {
        read.wrong.push_back({"number", "number_real"});
    }
    read.card.expiry = ReadExpiry(form.Get("expiry"));
    if (read.card.expiry.month == 0) {
        read.wrong.push_back({"expiry", "expiry_wrong"});
    } else if (IsExpired(read.card.expiry, now)) {
        read.wrong.push_back({"expiry", "expiry_past"});
    }
    const std::string_view code = form.Get("cvc");
    if (code.size() < 3 || code.size() > 4 || !AllDigits(code))
        read.wrong.push_back({"cvc", "cvc_wrong"});
    if (form.Get("name").empty()) read.wrong.push_back({"name", "name_wrong"});
    return read;
}

std::string Render(const CardPage& page) {
    const bool pays = !page.amount.empty();
    const std::string_view title = Word(page.language, pays ? "pay_title" : "keep_title");
    const std::string button =
        pays ? With(Word(page.language, "pay"), "amount", Escaped(page.amount))
             : std::string(Word(page.language, "keep"));
    std::string html = Summary(page) + fmt::format("<h1>{}</h1>\n", title) + Terms(page);
    html += R"(<form method="post" novalidate>)";
    html += Input(page, {"number", "",
                         R"(class="digits" inputmode="numeric" autocomplete="cc-number")", false});
    html += R"(<div class="pair">)";
    html += Input(page, {"expiry", "expiry_hint",
                         R"(class="digits" inputmode="numeric" autocomplete="cc-exp")", true});
    html += Input(page, {"cvc", "cvc_hint",
                         R"(class="digits" inputmode="numeric" autocomplete="cc-csc")", false});
    html += "</div>";
    html += Input(page, {"name", "", R"(autocomplete="cc-name")", true});
    html += fmt::format(R"(<button name="action" value="pay">{}</button>)", button);
    html += fmt::format(R"(<button class="second" name="action" value="cancel">{}</button></form>)",
                        Word(page.language, "cancel"));
    html += TestCards(page.language);
    const std::string prefix =
        page.wrong->empty() ? "" : fmt::format("{}: ", Word(page.language, "error"));
    return Document({page.language, prefix + std::string(title), html});
}

}  // namespace livery::sandbox
