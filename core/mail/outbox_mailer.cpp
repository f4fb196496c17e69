#include "mail/outbox_mailer.h"

#include "dispatch/localization.h"
#include "mail/outbox_repository.h"
#include "view/icu_formatter.h"

namespace livery::mail {

namespace {

using view::TemplateLibrary;

ViewModel BaseModel(const tenancy::Site& site, const view::IcuFormatter& format,
                    const std::string& subject, const std::string& preheader) {
    const view::MailColors& colors = site.mail_colors;
    ViewModel base;
    base.Set("brand_name", site.tenant.name)
        .Set("brand_primary", colors.primary)
        .Set("brand_on_primary", colors.on_primary)
        .Set("brand_text", colors.text)
        .Set("brand_muted", colors.muted)
        .Set("brand_link", colors.link)
        .Set("brand_surface", colors.surface)
        .Set("brand_background", colors.background)
        .Set("brand_border", colors.border)
        .Set("support_email", site.tenant.support_email)
        .Set("lang", format.language())
        .Set("dir", format.right_to_left() ? "rtl" : "ltr")
        .Set("subject", subject)
        .Set("preheader", preheader);
    return base;
}

}  // namespace

void OutboxMailer::Enqueue(db::Transaction& tx, const Tenant& tenant, const Mail& mail) {
    const auto house = house_();
    const tenancy::Site& site = *house->sites.at(tenant.id.value());
    const std::string locale = dispatch::ChooseLocale(tenant.locales, mail.language, "");
    const std::string language = locale.substr(0, locale.find('-'));
    const view::IcuFormatter format(locale, tenant.time_zone,
                                    house->templates->TextsOf(mail.plugin, language));
    const std::string texts = "mail." + mail.name;
    const std::string subject = format.Text(
        texts + ".subject",
        {{"brand", std::string_view(tenant.name)}, {"number", std::string_view(mail.number)}});
    ViewModel base = BaseModel(site, format, subject, format.Text(texts + ".text"));
    const auto figures = mail.facts ? mail.facts(format) : std::vector<Mail::Fact>();
    base.Flag("has_facts", !figures.empty());
    auto& facts = base.Rows("facts", figures.size());
    for (const Mail::Fact& fact : figures)
        facts.emplace_back().Set("label", fact.label).Set("value", fact.value);
    const auto render = [&](TemplateLibrary::Kind kind) {
        return house->templates->Render({site.theme, language, mail.plugin, mail.name, kind}, base,
                                        mail.model);
    };
    base.Flag("has_reply_to", !mail.thread.reply_to.empty())
        .Flag("has_words", !mail.words.empty())
        .Set("words", mail.words);
    const Message message{"",
                          site.mail_from,
                          tenant.name,
                          mail.to_address,
                          mail.to_name,
                          subject,
                          render(TemplateLibrary::Kind::kHtmlMail),
                          render(TemplateLibrary::Kind::kTextMail),
                          clock_.Now(),
                          {mail.plugin, mail.file},
                          {},
                          mail.thread,
                          mail.is_bounce};
    OutboxRepository::Insert(tx, ids_.Next(), message);
}

void OutboxMailer::MakeFilesOf(const std::string& plugin, std::shared_ptr<MailFiles> files) {
    files_[plugin] = std::move(files);
}

Result<MailFile> OutboxMailer::Make(const TenantId& tenant,
                                    const Message::Enclosed& enclosed) const {
    const auto house = house_();
    const auto site = house->sites.find(tenant.value());
    const auto files = files_.find(enclosed.plugin);
    if (site == house->sites.end() || files == files_.end() ||
        !site->second->tenant.Enables(enclosed.plugin))
        return Error{ErrorCode::kUnavailable, "its plugin is away", {}};
    return files->second->Make(site->second->tenant, enclosed.file);
}

}  // namespace livery::mail
