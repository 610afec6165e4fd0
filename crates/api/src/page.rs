//! One page of a collection.

use gongjian_kernel::page::Page;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref, RefOr, Schema};

/// `{data, has_more, next_cursor}`.
#[derive(Debug, Serialize)]
pub struct PageOf<T> {
    pub data: Vec<T>,
    pub has_more: bool,
    pub next_cursor: Option<String>,
}

impl<T> PageOf<T> {
    /// The rows of a page as the caller sees them.
    pub fn of<R>(page: Page<R>, view: impl FnMut(R) -> T) -> Self {
        let has_more = page.next_cursor.is_some();
        Self { data: page.rows.into_iter().map(view).collect(), has_more, next_cursor: page.next_cursor }
    }
}

/// By hand, because the derive would copy the item's schema where clients need a `$ref`.
impl<T: ToSchema> utoipa::__dev::ComposeSchema for PageOf<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let items = ArrayBuilder::new()
            .items(Ref::from_schema_name(T::name()))
            .max_items(Some(200))
            .description(Some("本页内容 / The items of this page."));
        let has_more = ObjectBuilder::new()
            .schema_type(Type::Boolean)
            .description(Some("是否还有下一页 / Whether a further page exists."))
            .examples([true]);
        let next_cursor = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .max_length(Some(512))
            .pattern(Some("^[A-Za-z0-9_-]+$"))
            .description(Some(
                "作为 cursor 读取下一页，末页为 null / Give it as `cursor` for the next page; null on the last.",
            ))
            .examples(["eyJ2IjoxfQ"]);
        ObjectBuilder::new()
            .description(Some("一页 / One page."))
            .property("data", items)
            .property("has_more", has_more)
            .property("next_cursor", next_cursor)
            .required("data")
            .required("has_more")
            .required("next_cursor")
            .into()
    }
}

impl<T: ToSchema> ToSchema for PageOf<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name().trim_end_matches("View")).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        T::schemas(schemas);
    }
}
